# SPDX-License-Identifier: Apache-2.0
"""The requests that are sent, in each of the shapes that are compared."""

import http.client
import json
import os
from pathlib import Path

from failure import Failure

ENDPOINT = "/mcp"
MESSAGE = "a message of the length that people write"
ANSWER = f"echo: {MESSAGE}"

LEGACY_VERSION = "2025-11-25"
MODERN_VERSION = "2026-07-28"

# The load generator puts a number of the same length in its place, see load.lua
ID_PLACEHOLDER = "@@@@@@@@@@"
# And one of many access tokens in this place
TOKEN_PLACEHOLDER = "%%%%%%%%%%"

_CLIENT = {"name": "benchmark", "version": "1.0.0"}
_COMMON_HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


class Request:
    """A POST to the endpoint: headers and a JSON-RPC body."""

    def __init__(self, method, params, headers):
        self.message = {"jsonrpc": "2.0", "method": method, "params": params}
        self.headers = {**_COMMON_HEADERS, **headers}

    def template(self, port):
        """The request byte for byte, with a placeholder where the id goes."""
        body = json.dumps({"id": ID_PLACEHOLDER, **self.message}).replace(f'"{ID_PLACEHOLDER}"', ID_PLACEHOLDER)
        headers = {"Host": f"127.0.0.1:{port}", **self.headers, "Content-Length": len(body)}
        lines = [f"POST {ENDPOINT} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines) + "\r\n\r\n" + body

    def send(self, port, is_notification=False):
        """Sends it once; returns status, headers and body."""
        message = self.message if is_notification else {"id": 1, **self.message}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            headers = {name: _with_token(value) for name, value in self.headers.items()}
            connection.request("POST", ENDPOINT, json.dumps(message), headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()


def legacy_call(port):
    """A call as clients of the 2025 revisions send it, without a session."""
    return Request("tools/call", _call_params(), {"MCP-Protocol-Version": LEGACY_VERSION})


def token_call(port):
    """The same call with an access token, each time of another caller."""
    call = legacy_call(port)
    status, _, body = call.send(port)
    if status != 401:
        raise Failure(f"whoever has no token should not be served: HTTP {status} {body[:300]}")
    call.headers["Authorization"] = f"Bearer {TOKEN_PLACEHOLDER}"
    return call


def session_call(port):
    """The same call within a session that is begun here."""
    call = legacy_call(port)
    call.headers["Mcp-Session-Id"] = begin_session(port)
    return call


def modern_call(port):
    """A call of the 2026-07-28 revision, which says everything in each request."""
    meta = {
        "io.modelcontextprotocol/protocolVersion": MODERN_VERSION,
        "io.modelcontextprotocol/clientInfo": _CLIENT,
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    headers = {"MCP-Protocol-Version": MODERN_VERSION, "Mcp-Method": "tools/call", "Mcp-Name": "echo"}
    return Request("tools/call", {**_call_params(), "_meta": meta}, headers)


def initialize():
    """What a client of the 2025 revisions says first."""
    params = {"protocolVersion": LEGACY_VERSION, "capabilities": {}, "clientInfo": _CLIENT}
    return Request("initialize", params, {})


def begin_session(port):
    """Shakes hands as a client does; returns the session's id."""
    status, headers, body = initialize().send(port)
    session_id = headers.get("Mcp-Session-Id")
    if status != 200 or not session_id:
        raise Failure(f"initialize began no session: HTTP {status} {body[:300]}")
    initialized = Request("notifications/initialized", {}, {"MCP-Protocol-Version": LEGACY_VERSION,
                                                            "Mcp-Session-Id": session_id})
    status, _, body = initialized.send(port, is_notification=True)
    if status != 202:
        raise Failure(f"notifications/initialized: HTTP {status} {body[:300]}")
    return session_id


def check_call(call, port):
    """Sends a call once and insists on the tool's answer."""
    status, headers, body = call.send(port)
    message = _message_of(headers.get_content_type(), body) if status == 200 else None
    result = message.get("result") if message else None
    texts = [content.get("text") for content in result.get("content", [])] if result else []
    if texts != [ANSWER] or result.get("isError") or message.get("id") != 1:
        raise Failure(f"not the tool's answer: HTTP {status} {body[:500]}")


def _message_of(content_type, body):
    if content_type == "text/event-stream":
        data = [line[len("data:"):].strip() for line in body.splitlines() if line.startswith("data:")]
        # The last event is the answer, an earlier one may be empty and only make the stream resumable
        body = data[-1] if data else "null"
    try:
        return json.loads(body)
    except ValueError:
        return None


def _with_token(value):
    if TOKEN_PLACEHOLDER not in value:
        return value
    return value.replace(TOKEN_PLACEHOLDER, (Path(os.environ["BENCH_TOKENS"]) / "tokens.txt").read_text().split()[0])


def _call_params():
    return {"name": "echo", "arguments": {"message": MESSAGE}}
