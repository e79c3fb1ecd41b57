// SPDX-License-Identifier: Apache-2.0

// What is different for clients of 2025-11-25 where the server keeps no sessions.

import assert from 'node:assert/strict';

import { failureText } from './common-checks.mjs';

const METHOD_NOT_FOUND = -32601;

export function statelessChecks(peer) {
  return {
    'gets by without a session': () => hasNoSession(peer()),
    'cannot be asked anything': () => cannotBeAsked(peer()),
    'cannot subscribe': () => cannotSubscribe(peer()),
  };
}

async function hasNoSession({ call, transport, wire }) {
  assert.equal(transport.sessionId, undefined);
  const stream = await wire.first(({ method }) => method === 'GET', 'no GET request');
  assert.equal(stream.status, 405);
  await call('test_simple_text', {});
  for (const { responseHeaders } of wire.exchanges) {
    assert.equal(responseHeaders.get('mcp-session-id'), null);
  }
}

async function cannotBeAsked({ call, host }) {
  const result = await call('test_elicitation', { message: 'Who are you?' });
  assert.equal(result.isError, true);
  assert.match(failureText(result), /elicitation/);
  assert.deepEqual(host.takeQuestions(), []);
}

async function cannotSubscribe({ client }) {
  assert.equal(client.getServerCapabilities().resources.subscribe ?? false, false);
  await assert.rejects(client.subscribeResource({ uri: 'test://watched-resource' }), { code: METHOD_NOT_FOUND });
}
