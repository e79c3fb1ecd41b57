// SPDX-License-Identifier: Apache-2.0

// Tools and prompts that ask the client something before they can answer, by requests or in rounds.

import assert from 'node:assert/strict';

import { failureText, text } from './common-checks.mjs';

const MODEL_ON_GREETING = 'Model on "Generate a greeting", 50 tokens';

export function inputChecks(peer) {
  return {
    'asks the user': () => asksUser(peer()),
    'asks the user twice in a call': () => asksUserTwice(peer()),
    'asks the model': () => asksModel(peer()),
    'asks for the roots': () => asksForRoots(peer()),
    'asks the user, the model and for the roots in one call': () => asksAll(peer()),
    'asks the user for a prompt': () => asksUserForPrompt(peer()),
    'passes on that the user declined': () => passesOnDecline(peer()),
    'reports progress before it asks': () => reportsBeforeAsking(peer()),
  };
}

// Where a call waits for the answers. In rounds there is no call meanwhile.
export function waitingInputChecks(peer) {
  return {
    'gives up a call while the user is asked': () => givesUp(peer()),
  };
}

async function asksUser({ call, host }) {
  const result = await call('test_elicitation', { message: 'Who are you?' });
  assert.equal(text(result), 'User response: action=accept, content={username=ada, email=ada@example.com}');
  assert.deepEqual(host.takeQuestions(), ['Who are you?']);
  assert.equal(text(await call('test_input_required_result_elicitation', {})), 'Hello, Ada!');
  assert.deepEqual(host.takeQuestions(), ['What is your name?']);
}

async function asksUserTwice({ call, host }) {
  assert.equal(text(await call('test_input_required_result_multi_round', {})), 'Ada likes green');
  assert.deepEqual(host.takeQuestions(), ['What is your name?', 'What is your favorite color?']);
}

async function asksModel({ call, host }) {
  const result = await call('test_sampling', { prompt: 'Say hello' });
  assert.equal(text(result), 'LLM response: Model on "Say hello", 100 tokens');
  assert.deepEqual(host.takeQuestions(), ['Say hello']);
}

async function asksForRoots({ call, host }) {
  assert.match(text(await call('test_input_required_result_list_roots', {})), /file:\/\/\/workspace/);
  assert.deepEqual(host.takeQuestions(), ['roots']);
}

async function asksAll({ call, host }) {
  const answer = text(await call('test_input_required_result_multiple_inputs', {}));
  assert.ok(answer.startsWith(`${MODEL_ON_GREETING}, Ada: `), answer);
  assert.match(answer, /file:\/\/\/workspace/);
  assert.deepEqual(host.takeQuestions().sort(), ['Generate a greeting', 'What is your name?', 'roots']);
}

async function asksUserForPrompt({ client, host }) {
  const { messages } = await client.getPrompt({ name: 'test_input_required_result_prompt' });
  assert.deepEqual(messages, [{ role: 'user', content: { type: 'text', text: 'Use this context: a rainy day' } }]);
  assert.deepEqual(host.takeQuestions(), ['What context should the prompt use?']);
}

async function passesOnDecline({ call, host }) {
  host.declineNext();
  const result = await call('test_input_required_result_elicitation', {});
  assert.equal(result.isError, true);
  assert.equal(failureText(result), 'The user did not enter name');
  host.takeQuestions();
}

async function reportsBeforeAsking({ call, host }) {
  const reports = [];
  const result = await call('test_streaming_elicitation', {}, { onprogress: ({ progress }) => reports.push(progress) });
  assert.equal(text(result), 'Confirmed');
  assert.deepEqual(host.takeQuestions(), ['Please confirm']);
  assert.equal(reports[0], 50);
}

async function givesUp({ call, host }) {
  const caller = new AbortController();
  host.neverAnswerNext();
  const outcome = call('test_elicitation', { message: 'Who are you?' }, { signal: caller.signal }).then(text, String);
  assert.equal(await host.nextQuestion(), 'Who are you?');
  caller.abort('gave up');
  assert.match(await outcome, /gave up/);
  assert.equal(text(await call('test_input_required_result_elicitation', {})), 'Hello, Ada!');
  assert.deepEqual(host.takeQuestions(), ['What is your name?']);
}
