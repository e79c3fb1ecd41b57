// SPDX-License-Identifier: Apache-2.0

// What clients of 2025-11-25 and before can do once they have a session.

import assert from 'node:assert/strict';

import { LOG_LINES, text } from './common-checks.mjs';
import { isEventStream } from './wire.mjs';

// The second generation of the client translates the code of these revisions into that of 2026-07-28
const RESOURCE_NOT_FOUND = [-32002, -32602];

export function sessionChecks(peer, url) {
  return {
    'has a session': () => hasSession(peer()),
    'pings': () => pings(peer()),
    'receives what a tool logs': () => receivesLog(peer()),
    'receives nothing below the level it set': () => receivesNothingBelowLevel(peer()),
    'is told of changed lists': () => isToldOfChangedLists(peer()),
    'subscribes to a resource': () => subscribes(peer()),
    'is told that a resource does not exist': () => isToldOfMissingResource(peer()),
    'ends its session': () => endsSession(peer(), url),
  };
}

// Clients since 2025-11-25, whose requests can be watched
export function streamChecks(peer) {
  return {
    'listens on a stream of its own': () => listens(peer()),
    'comes back for a result after the stream was closed': () => comesBack(peer()),
  };
}

async function hasSession({ transport }) {
  assert.match(transport.sessionId, /^[\x21-\x7e]{16,}$/);
}

async function pings({ client }) {
  const { _meta, ...rest } = await client.ping();
  assert.deepEqual(rest, {});
}

async function receivesLog({ client, call, notifications }) {
  notifications.clear();
  await client.setLoggingLevel('info');
  assert.equal(text(await call('test_tool_with_logging', {})), 'Tool with logging executed');
  const messages = await notifications.atLeast(LOG_LINES.length, 'not all lines arrived');
  assert.deepEqual(
    messages.map(({ method, params }) => `${method} ${params.level}: ${params.data}`),
    LOG_LINES.map((line) => `notifications/message info: ${line}`),
  );
}

async function receivesNothingBelowLevel({ client, call, notifications }) {
  notifications.clear();
  await client.setLoggingLevel('error');
  assert.equal(text(await call('test_tool_with_logging', {})), 'Tool with logging executed');
  await client.ping();
  assert.deepEqual(notifications.letters, []);
}

async function isToldOfChangedLists({ call, notifications }) {
  notifications.clear();
  assert.equal(text(await call('test_trigger_tool_change', {})), 'Announced changed tools');
  await notifications.atLeast(1, 'not told of changed tools');
  assert.equal(text(await call('test_trigger_prompt_change', {})), 'Announced changed prompts');
  await notifications.atLeast(2, 'not told of changed prompts');
  assert.deepEqual(
    notifications.letters.map(({ method }) => method),
    ['notifications/tools/list_changed', 'notifications/prompts/list_changed'],
  );
}

async function subscribes({ client }) {
  for (const answer of [
    await client.subscribeResource({ uri: 'test://watched-resource' }),
    await client.unsubscribeResource({ uri: 'test://watched-resource' }),
  ]) {
    const { _meta, ...rest } = answer;
    assert.deepEqual(rest, {});
  }
}

async function isToldOfMissingResource({ client }) {
  await assert.rejects(client.readResource({ uri: 'test://missing' }), (error) => {
    assert.ok(RESOURCE_NOT_FOUND.includes(error.code), `the code is ${error.code}`);
    assert.deepEqual(error.data, { uri: 'test://missing' });
    return true;
  });
}

async function endsSession({ client, transport }, url) {
  const { sessionId } = transport;
  const ping = () =>
    fetch(url, {
      method: 'POST',
      headers: {
        'Accept': 'application/json, text/event-stream',
        'Content-Type': 'application/json',
        'Mcp-Session-Id': sessionId,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    });
  assert.equal((await ping()).status, 200);
  await transport.terminateSession();
  assert.equal((await ping()).status, 404);
  await client.close();
}

async function listens({ wire }) {
  const exchange = await wire.first(({ method }) => method === 'GET', 'no GET request');
  assert.ok(isEventStream(exchange), `GET was answered with ${exchange.status}`);
}

async function comesBack({ call, wire }) {
  const before = wire.exchanges.length;
  assert.equal(text(await call('test_reconnection', {})), 'Reconnection test completed');
  const resumed = wire.exchanges.slice(before).find(({ requestHeaders }) => requestHeaders.has('last-event-id'));
  assert.ok(resumed, 'the stream was not closed before the result');
  assert.equal(resumed.method, 'GET');
  assert.ok(isEventStream(resumed));
}
