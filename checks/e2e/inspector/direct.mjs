// SPDX-License-Identifier: Apache-2.0

// A client that is nothing but a page: whatever it reads of the server, the browser must have let it.

import { createServer } from 'node:http';

import { decide, signIn } from './sign-in.mjs';

export async function serveEmptyPage() {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>Client</title>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}

// Resolves to what the tool whoami tells a page of this origin
export async function whoAmI(page, origin, endpoint, user) {
  await page.goto(`${origin}/`);
  const { url, client, verifier, tokenEndpoint } = await page.evaluate(prepare, endpoint);
  await page.goto(url);
  await signIn(page, user);
  await decide(page, 'Allow');
  await page.waitForURL(`${origin}/**`);
  return page.evaluate(call, { endpoint, client, verifier, tokenEndpoint });
}

// What a page of this origin gets to see of an answer
export async function peek(page, origin, endpoint) {
  await page.goto(`${origin}/`);
  return page.evaluate(async (url) => {
    const headers = { 'Content-Type': 'application/json' };
    const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
    return fetch(url, { method: 'POST', headers, body }).then(
      (response) => response.status,
      () => 'nothing',
    );
  }, endpoint);
}

// From here on it is the browser that runs it

async function prepare(endpoint) {
  const base64 = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+/=]/g, (char) => ({ '+': '-', '/': '_', '=': '' })[char]);
  const read = async (url, init) => {
    const response = await fetch(url, init);
    return { response, body: await response.json() };
  };
  const json = { 'Content-Type': 'application/json', 'MCP-Protocol-Version': '2025-11-25' };
  const refused = await read(endpoint, { method: 'POST', headers: json, body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' });
  const challenge = refused.response.headers.get('WWW-Authenticate');
  const { body: resource } = await read(challenge.match(/resource_metadata="([^"]*)"/)[1]);
  const { body: server } = await read(`${resource.authorization_servers[0]}/.well-known/oauth-authorization-server`);
  const redirectUri = `${location.origin}/`;
  const registration = { client_name: 'A page', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' };
  const { body: client } = await read(server.registration_endpoint, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(registration),
  });
  const verifier = base64(crypto.getRandomValues(new Uint8Array(32)));
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: challenge.match(/scope="([^"]*)"/)[1],
    resource: resource.resource,
    code_challenge_method: 'S256',
    code_challenge: base64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
  });
  return { url: url.href, client: client.client_id, verifier, tokenEndpoint: server.token_endpoint };
}

async function call({ endpoint, client, verifier, tokenEndpoint }) {
  const granted = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URLSearchParams(location.search).get('code'),
      redirect_uri: `${location.origin}/`,
      client_id: client,
      code_verifier: verifier,
      resource: endpoint,
    }),
  });
  const { access_token: token } = await granted.json();
  const version = '2026-07-28';
  const meta = 'io.modelcontextprotocol/';
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Accept': 'application/json, text/event-stream',
      'Authorization': `Bearer ${token}`,
      'Content-Type': 'application/json',
      'MCP-Protocol-Version': version,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': 'whoami',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: 'whoami',
        arguments: {},
        _meta: {
          [`${meta}protocolVersion`]: version,
          [`${meta}clientCapabilities`]: {},
          [`${meta}clientInfo`]: { name: 'page', version: '1' },
        },
      },
    }),
  });
  const { result } = await answer.json();
  return { ...JSON.parse(result.content[0].text), limits: answer.headers.get('RateLimit') };
}
