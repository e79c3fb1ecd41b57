// SPDX-License-Identifier: Apache-2.0

// Checks, each with a line of its own, and a client of the endpoint

const CHECK_SECONDS = 40;

let failed = 0;

export async function check(claim, run) {
  let timer;
  try {
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not within ${CHECK_SECONDS} s`)), CHECK_SECONDS * 1000);
    });
    await Promise.race([run(), late]);
    console.log(`ok - ${claim}`);
  }
  catch (error) {
    failed++;
    console.log(`not ok - ${claim}: ${String(error.message).split("\n").slice(0, 4).join(" | ")}`);
  }
  finally {
    clearTimeout(timer);
  }
}

export function exitStatus() {
  return (failed > 0) ? 1 : 0;
}

export function authorization(user) {
  return `Basic ${Buffer.from(`${user}:${user}`).toString("base64")}`;
}

let ids = 0;

// Sends a request of revision 2026-07-28
export async function call(base, user, method, params, client = "browser-check") {
  const named = params.name ?? params.uri;
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json, text/event-stream",
    Authorization: authorization(user),
    "MCP-Protocol-Version": "2026-07-28",
    "Mcp-Method": method,
  };
  if (named !== undefined) {
    // What no header can hold travels in Base64
    headers["Mcp-Name"] = (/^[\x21-\x7e]+$/.test(named)) ? named
      : `=?base64?${Buffer.from(named).toString("base64")}?=`;
  }
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": { name: client, version: "1" },
  };
  const response = await fetch(`${base}/mcp`, {
    method: "POST",
    headers,
    body: JSON.stringify({ jsonrpc: "2.0", id: ++ids, method, params: { ...params, _meta: meta } }),
  });
  await response.text();
  return response.status;
}

export function tool(base, user, name, args, client) {
  return call(base, user, "tools/call", { name, arguments: args }, client);
}

export function equal(actual, expected, what) {
  if (actual !== expected) {
    throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

export function ok(value, what) {
  if (!value) {
    throw new Error(what);
  }
}
