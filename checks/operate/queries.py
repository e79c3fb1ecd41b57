# SPDX-License-Identifier: Apache-2.0
"""Calls a server in all the ways in which clients do and runs the queries of a dashboard and of alert rules.

Arguments: the server, where its metrics are, Prometheus, the folder of the dashboard and the rules, and what kind of server it
is: "fixture", the application of this folder, or "sample", of which nothing is known but what it lists.
"""

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
KEY_WITHOUT_SCOPES = "mcpk_operate00002_" + "a" * 43
WAIT_SECONDS = 60
# What a server need not have: no tool of the sample has to go on after its time
OPTIONAL = {"fixture": frozenset(), "sample": frozenset({"mcp_server_abandoned_total"})}


def main():
    application, management, prometheus, folder, kind = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]), sys.argv[5]
    optional = OPTIONAL[kind]
    wait_for_scrape(prometheus)
    queries = dashboard(folder / "grafana-dashboard.json")
    for rule in rules(prometheus):
        queries += parts(rule)
    deadline = time.monotonic() + WAIT_SECONDS
    calls = fixture_calls() if kind == "fixture" else sample_calls(application)
    # A rate takes calls at different times
    for _ in range(3):
        call_all(application, calls)
        time.sleep(2)
    waiting = queries
    while any(not optional.intersection(metrics(query[1])) for query in waiting) and time.monotonic() < deadline:
        call_all(application, calls)
        time.sleep(1)
        waiting = [query for query in waiting if not result(prometheus, query)]
    scrape = urllib.request.urlopen(f"{management}/actuator/prometheus").read().decode()
    failed = skips = 0
    for name, expression in queries:
        absent = {metric for metric in metrics(expression) if not re.search(rf"^{metric}\b", scrape, re.MULTILINE)}
        skipped = absent and absent <= optional
        told = ""
        if absent:
            told = f": {'skipped, ' if skipped else ''}the server has no {', '.join(sorted(absent))}"
        elif (name, expression) in waiting:
            told = f": nothing, {expression}"
        failed += bool(told and not skipped)
        skips += bool(skipped)
        print(f"{'not ok' if told and not skipped else 'ok'} - {kind}: {name}{told}")
    for rule in rules(prometheus):
        if rule["health"] != "ok":
            failed += 1
            print(f"not ok - {kind}: rule {rule['name']} is {rule['health']}: {rule.get('lastError', '')}")
    tried = len(queries) - skips
    print(f"{kind} checks passed: {tried - failed}/{tried} queries, skipped: {skips}")
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


def rules(prometheus):
    """Return the rules as Prometheus has read them."""
    groups = json.loads(urllib.request.urlopen(f"{prometheus}/api/v1/rules").read())["data"]["groups"]
    return [rule for group in groups for rule in group["rules"]]


def parts(rule):
    """Return what a rule compares with thresholds, for which there is nothing to fire here."""
    joint = r"\s(?:>=|<=|==|>|<|(?:and|unless)(?=\son))\s(?:on ?\([^)]*\)\s)?(?:group_left ?\(\)\s)?"
    return [(f"rule: {rule['name']}", part.replace("[5m]", "[20s]")) for part in re.split(joint, " ".join(rule["query"].split()))
            if not re.fullmatch(r"[\d.]+|2 \* avg_over_time\(.*", part)]


def metrics(expression):
    return sorted(set(re.findall(r"\bmcp_server_\w+", expression)))


def result(prometheus, query):
    url = f"{prometheus}/api/v1/query?" + urllib.parse.urlencode({"query": query[1]})
    try:
        answer = json.loads(urllib.request.urlopen(url).read())
    except urllib.error.HTTPError as error:
        raise SystemExit(f"not ok - {query[0]}: {error.read().decode()}") from error
    return answer["data"]["result"]


def fixture_calls():
    return [
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


def sample_calls(url):
    """Return calls of everything that a server lists, and of what it does not have."""
    calls = [("tools/list", {}, KEY), ("tools/call", {"name": "made_up", "arguments": {}}, KEY)]
    for tool in listed(url, "tools/list", "tools"):
        call = {"name": tool["name"], "arguments": arguments(tool["inputSchema"])}
        calls += [("tools/call", call, key) for key in (KEY, KEY_WITHOUT_SCOPES, WRONG_KEY)]
        # Nothing has this id
        unknown = {name: "no such thing" if value == "1" else value for name, value in call["arguments"].items()}
        calls.append(("tools/call", call | {"arguments": unknown}, KEY))
    for prompt in listed(url, "prompts/list", "prompts"):
        given = {argument["name"]: "1" for argument in prompt.get("arguments", [])}
        calls.append(("prompts/get", {"name": prompt["name"], "arguments": given}, KEY))
    for resource in listed(url, "resources/list", "resources"):
        calls.append(("resources/read", {"uri": resource["uri"]}, KEY))
    for template in listed(url, "resources/templates/list", "resourceTemplates"):
        calls.append(("resources/read", {"uri": re.sub(r"{\w+}", "1", template["uriTemplate"])}, KEY))
    return calls


def listed(url, method, member):
    answer = json.loads(post(url, method, {}, KEY))
    found = answer.get("result", {}).get(member, [])
    if member == "tools" and not found:
        raise SystemExit(f"not ok - The server lists no tools: {answer}")
    return found


def arguments(schema):
    """Return the least that a schema asks for."""
    values = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}
    properties = schema.get("properties", {})
    return {name: values.get(properties.get(name, {}).get("type"), "1") for name in schema.get("required", [])}


def call_all(url, calls):
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
        return urllib.request.urlopen(request, timeout=20).read()
    except urllib.error.HTTPError as error:
        return error.read()


if __name__ == "__main__":
    sys.exit(main())
