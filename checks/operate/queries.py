# SPDX-License-Identifier: Apache-2.0
"""Calls a server in all the ways in which clients do and runs the queries of a dashboard and of alert rules."""

import concurrent.futures
import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

KEY = "mcpk_operate00001_" + "a" * 43
WRONG_KEY = "mcpk_operate00001_" + "b" * 43
WAIT_SECONDS = 60
# Of parts of the server that may not be there
OPTIONAL = frozenset()


def main():
    application, prometheus, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    queries = dashboard(folder / "grafana-dashboard.json") + rules(folder / "prometheus-alerts.yml")
    wait_for_scrape(prometheus)
    deadline = time.monotonic() + WAIT_SECONDS
    # A rate takes calls at different times
    for _ in range(3):
        call_everything(application)
        time.sleep(2)
    waiting = queries
    while any(not OPTIONAL.intersection(metrics(query[1])) for query in waiting) and time.monotonic() < deadline:
        call_everything(application)
        time.sleep(1)
        waiting = [query for query in waiting if not result(prometheus, query)]
    scrape = urllib.request.urlopen(f"{application}/actuator/prometheus").read().decode()
    failed = skips = 0
    for name, expression in queries:
        absent = {metric for metric in metrics(expression) if not re.search(rf"^{metric}\b", scrape, re.MULTILINE)}
        skipped = absent and absent <= OPTIONAL
        told = ""
        if absent:
            told = f": {'skipped, ' if skipped else ''}the server has no {', '.join(sorted(absent))}"
        elif (name, expression) in waiting:
            told = f": nothing, {expression}"
        failed += bool(told and not skipped)
        skips += bool(skipped)
        print(f"{'not ok' if told and not skipped else 'ok'} - {name}{told}")
    tried = len(queries) - skips
    print(f"operate checks passed: {tried - failed}/{tried} queries, skipped: {skips}")
    return 1 if failed else 0


def wait_for_scrape(prometheus):
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        targets = json.loads(urllib.request.urlopen(f"{prometheus}/api/v1/targets").read())["data"]["activeTargets"]
        if targets and targets[0]["health"] == "up":
            return
        time.sleep(0.5)
    raise SystemExit(f"not ok - Prometheus cannot scrape the server: {targets[0]['lastError'] if targets else 'no target'}")


def dashboard(path):
    found = []
    for panel in json.loads(path.read_text())["panels"]:
        for target in panel.get("targets", []):
            expression = target["expr"].replace("$__rate_interval", "20s").replace("$__range", "1m").replace("$job", ".*")
            if "$" in expression:
                raise SystemExit(f"There is a variable left in {expression}")
            found.append((f"dashboard: {panel['title']} {target['refId']}", expression))
    return found


def rules(path):
    """Return what alerts compare with thresholds, which have nothing to fire for here."""
    found = []
    # No more of YAML than the file has
    for match in re.finditer(r"^( *)- alert: (\w+)\n\1  expr: (?:\|\n((?:\1    .*\n)+)|(.*)\n)", path.read_text(), re.MULTILINE):
        expression = " ".join((match[3] or match[4]).split())
        for part in re.split(r"\s(?:>|==|and on \([^)]*\))\s", expression):
            if not re.fullmatch(r"[\d.]+|2 \* avg_over_time\(.*", part):
                found.append((f"alert: {match[2]}", part.replace("[5m]", "[20s]")))
    if not found:
        raise SystemExit("There are no alerts")
    return found


def metrics(expression):
    return sorted(set(re.findall(r"\bmcp_server_\w+", expression)))


def result(prometheus, query):
    url = f"{prometheus}/api/v1/query?" + urllib.parse.urlencode({"query": query[1]})
    try:
        answer = json.loads(urllib.request.urlopen(url).read())
    except urllib.error.HTTPError as error:
        raise SystemExit(f"not ok - {query[0]}: {error.read().decode()}") from error
    return answer["data"]["result"]


def call_everything(url):
    calls = [
        ("tools/call", {"name": "echo", "arguments": {"text": "hi"}}, KEY),
        ("tools/call", {"name": "look_up", "arguments": {}}, KEY),
        ("tools/call", {"name": "look_up", "arguments": {}}, None),
        ("tools/call", {"name": "remembered", "arguments": {}}, KEY),
        ("tools/call", {"name": "old", "arguments": {}}, KEY),
        ("tools/call", {"name": "refuse", "arguments": {}}, KEY),
        ("tools/call", {"name": "secret", "arguments": {}}, KEY),
        ("tools/call", {"name": "secret", "arguments": {}}, WRONG_KEY),
        ("tools/call", {"name": "made_up", "arguments": {}}, KEY),
        ("tools/list", {}, KEY),
        ("prompts/get", {"name": "summary", "arguments": {"topic": "all"}}, KEY),
        ("resources/read", {"uri": "docs://start"}, KEY),
        ("resources/read", {"uri": "docs://other"}, KEY),
        ("tools/call", {"name": "hang", "arguments": {}}, KEY),
    ] + [("tools/call", {"name": "fail", "arguments": {"secret": "x"}}, KEY)] * 8
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda call: post(url, *call), calls))


def post(url, method, params, key):
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
               "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method}
    name = params.get("name", params.get("uri"))
    if name:
        headers["Mcp-Name"] = name
    if key:
        headers["Authorization"] = f"Bearer {key}"
    meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {},
            "io.modelcontextprotocol/clientInfo": {"name": "checks", "version": "1"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params | {"_meta": meta}}
    request = urllib.request.Request(f"{url}/mcp", json.dumps(body).encode(), headers)
    try:
        urllib.request.urlopen(request, timeout=20).read()
    except urllib.error.HTTPError as error:
        error.read()


if __name__ == "__main__":
    sys.exit(main())
