// SPDX-License-Identifier: Apache-2.0

// What is peculiar to revision 2026-07-28.

import assert from 'node:assert/strict';

import { LOG_LINES, text } from './common-checks.mjs';
import { isEventStream } from './wire.mjs';

const INVALID_PARAMS = -32602;

const MISSING_CAPABILITY = -32021;

const DEPARTURES = 10;

export function modernChecks(peer, connect) {
  return {
    'negotiates 2026-07-28': () => negotiates(peer()),
    'receives what a tool logs': () => receivesLog(peer()),
    'receives no log it did not ask for': () => receivesNoLog(peer()),
    'is told that a resource does not exist': () => isToldOfMissingResource(peer()),
    'listens for changed lists': () => listensForChangedLists(peer()),
    'hears nothing it did not listen for': () => hearsNothingElse(peer()),
    'ends listening': () => endsListening(peer()),
    'leaves while it is told of changes': () => leavesWhileTold(peer()),
    'subscribes to a resource': () => subscribes(peer()),
    'is refused what it cannot be asked for': () => isRefusedWithoutCapability(connect),
    'needs no handshake and no session': () => needsNoSession(peer()),
  };
}

async function negotiates({ client, transport }) {
  assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
  assert.equal(client.getProtocolEra(), 'modern');
  assert.equal(transport.sessionId, undefined);
  const { supportedVersions } = client.getDiscoverResult();
  assert.ok(supportedVersions.includes('2026-07-28'), `supported are ${supportedVersions}`);
}

async function receivesLog({ call, notifications }) {
  notifications.clear();
  const level = { 'io.modelcontextprotocol/logLevel': 'info' };
  assert.equal(text(await call('test_tool_with_logging', {}, {}, level)), 'Tool with logging executed');
  const messages = await notifications.atLeast(LOG_LINES.length, 'not all lines arrived');
  assert.deepEqual(
    messages.map(({ method, params }) => `${method} ${params.level}: ${params.data}`),
    LOG_LINES.map((line) => `notifications/message info: ${line}`),
  );
}

async function receivesNoLog({ call, notifications }) {
  notifications.clear();
  await call('test_tool_with_logging', {});
  await call('test_tool_with_logging', {}, {}, { 'io.modelcontextprotocol/logLevel': 'error' });
  assert.deepEqual(notifications.letters, []);
}

async function isToldOfMissingResource({ client }) {
  await assert.rejects(client.readResource({ uri: 'test://missing' }), (error) => {
    assert.equal(error.code, INVALID_PARAMS);
    assert.deepEqual(error.data, { uri: 'test://missing' });
    return true;
  });
}

async function listensForChangedLists({ client, call, notifications, wire }) {
  notifications.clear();
  const subscription = await client.listen({ toolsListChanged: true, promptsListChanged: true });
  assert.deepEqual(subscription.honoredFilter, { toolsListChanged: true, promptsListChanged: true });
  const stream = wire.exchanges.findLast(({ message }) => message?.method === 'subscriptions/listen');
  assert.ok(isEventStream(stream));
  await call('test_trigger_tool_change', {});
  await notifications.atLeast(1, 'not told of changed tools');
  await call('test_trigger_prompt_change', {});
  await notifications.atLeast(2, 'not told of changed prompts');
  assert.deepEqual(
    notifications.letters.map(({ method }) => method),
    ['notifications/tools/list_changed', 'notifications/prompts/list_changed'],
  );
  await subscription.close();
}

async function hearsNothingElse({ client, call, notifications }) {
  notifications.clear();
  const subscription = await client.listen({ promptsListChanged: true });
  assert.deepEqual(subscription.honoredFilter, { promptsListChanged: true });
  await call('test_trigger_tool_change', {});
  await call('test_trigger_prompt_change', {});
  await notifications.atLeast(1, 'not told of changed prompts');
  assert.deepEqual(
    notifications.letters.map(({ method }) => method),
    ['notifications/prompts/list_changed'],
  );
  await subscription.close();
}

async function endsListening({ client, call, notifications }) {
  const ended = await client.listen({ toolsListChanged: true });
  await ended.close();
  assert.equal(await ended.closed, 'local');
  const other = await client.listen({ promptsListChanged: true });
  notifications.clear();
  await call('test_trigger_tool_change', {});
  await call('test_trigger_prompt_change', {});
  await notifications.atLeast(1, 'not told of changed prompts');
  assert.deepEqual(
    notifications.letters.map(({ method }) => method),
    ['notifications/prompts/list_changed'],
  );
  await other.close();
}

// What this may do to the server shows in its log
async function leavesWhileTold({ client, call }) {
  for (let round = 0; round < DEPARTURES; round++) {
    const subscription = await client.listen({ toolsListChanged: true });
    const announcements = [call('test_trigger_tool_change', {}), call('test_trigger_tool_change', {})];
    await subscription.close();
    assert.equal(await subscription.closed, 'local');
    for (const announcement of [...announcements, call('test_trigger_tool_change', {})]) {
      assert.equal(text(await announcement), 'Announced changed tools');
    }
  }
}

async function subscribes({ client }) {
  const filter = { resourceSubscriptions: ['test://watched-resource'] };
  const subscription = await client.listen(filter);
  assert.deepEqual(subscription.honoredFilter, filter);
  await subscription.close();
}

async function isRefusedWithoutCapability(connect) {
  const { client, call } = await connect({ capabilities: { elicitation: {} } });
  try {
    assert.equal(text(await call('test_simple_text', {})), 'This is a simple text response for testing.');
    await assert.rejects(call('test_missing_capability', {}), (error) => {
      assert.equal(error.code, MISSING_CAPABILITY);
      assert.deepEqual(error.data, { requiredCapabilities: { sampling: {} } });
      return true;
    });
  } finally {
    await client.close();
  }
}

// To be run last, as it looks at all requests before
async function needsNoSession({ call, wire }) {
  await call('test_simple_text', {});
  assert.ok(wire.exchanges.length > 1);
  for (const { method, message, requestHeaders, responseHeaders, status } of wire.exchanges) {
    assert.equal(method, 'POST');
    assert.ok(status === 200 || status === 202, `${message.method} was answered with ${status}`);
    assert.notEqual(message.method, 'initialize');
    assert.equal(requestHeaders.get('mcp-protocol-version'), '2026-07-28');
    assert.equal(responseHeaders.get('mcp-session-id'), null);
  }
}
