// SPDX-License-Identifier: Apache-2.0

// What holds for every client, whatever the revision, with a session or without.

import assert from 'node:assert/strict';

import { Mailbox } from './harness.mjs';

export const TOOLS = [
  'test_elicitation',
  'test_error_handling',
  'test_image_content',
  'test_reconnection',
  'test_sampling',
  'test_simple_text',
  'test_tool_with_logging',
  'test_tool_with_progress',
  'test_trigger_prompt_change',
  'test_trigger_tool_change',
  'test_x_mcp_header',
];

export const LOG_LINES = ['Tool execution started', 'Tool processing data', 'Tool execution completed'];

const PARALLEL_CALLS = 20;

const PNG_SIGNATURE = '89504e470d0a1a0a';

const INVALID_PARAMS = -32602;

export function commonChecks(peer) {
  return {
    'knows the server': () => knowsServer(peer()),
    'lists tools': () => listsTools(peer()),
    'calls a tool': () => callsTool(peer()),
    'calls a tool with arguments beyond ASCII': () => callsToolWithArguments(peer()),
    'gets an image from a tool': () => getsImage(peer()),
    'is told that a tool failed': () => isToldOfFailure(peer()),
    'is refused an unknown tool': () => isRefusedUnknownTool(peer()),
    'follows the progress of a call': () => followsProgress(peer()),
    'tells parallel calls apart': () => tellsParallelCallsApart(peer()),
    'lists resources and templates': () => listsResources(peer()),
    'reads resources': () => readsResources(peer()),
    'lists prompts': () => listsPrompts(peer()),
    'gets a prompt': () => getsPrompt(peer()),
    'completes an argument': () => completesArgument(peer()),
  };
}

// Releases before 2025-06-18 do not tell
export function revisionCheck(peer, revision) {
  return {
    [`negotiates ${revision}`]: async () => assert.equal(peer().transport.protocolVersion, revision),
  };
}

export function text(result) {
  assert.equal(result.isError ?? false, false, `the tool failed: ${JSON.stringify(result.content)}`);
  return failureText(result);
}

export function failureText(result) {
  assert.equal(result.content.length, 1);
  assert.equal(result.content[0].type, 'text');
  return result.content[0].text;
}

async function knowsServer({ client }) {
  const { name, version } = client.getServerVersion();
  assert.deepEqual({ name, version }, { name: 'conformance', version: '1.0.0' });
  const { tools, prompts, resources, completions, logging } = client.getServerCapabilities();
  assert.ok(tools && prompts && resources && completions && logging, 'a capability is not advertised');
}

async function listsTools({ client }) {
  const { tools } = await client.listTools();
  const names = tools.map((tool) => tool.name);
  assert.deepEqual(TOOLS.filter((name) => !names.includes(name)), [], 'tools are missing');
  assert.equal(new Set(names).size, names.length, 'a tool is listed twice');
  for (const tool of tools) {
    assert.ok(tool.description, `${tool.name} is not described`);
    assert.equal(tool.inputSchema.type, 'object');
  }
  const { inputSchema } = tools.find((tool) => tool.name === 'test_sampling');
  assert.equal(inputSchema.properties.prompt.type, 'string');
  assert.deepEqual(inputSchema.required, ['prompt']);
}

async function callsTool({ call }) {
  assert.equal(text(await call('test_simple_text', {})), 'This is a simple text response for testing.');
}

// Revision 2026-07-28 repeats the first of them in a header, encoded
async function callsToolWithArguments({ call }) {
  const result = await call('test_x_mcp_header', { region: ' Zürich \u{1F3D4} ', level: 3 });
  assert.equal(text(result), 'Called with {region= Zürich \u{1F3D4} , level=3}');
}

async function getsImage({ call }) {
  const { content } = await call('test_image_content', {});
  assert.equal(content.length, 1);
  assert.equal(content[0].type, 'image');
  assert.equal(content[0].mimeType, 'image/png');
  assert.equal(signature(content[0].data), PNG_SIGNATURE);
}

async function isToldOfFailure({ call }) {
  const result = await call('test_error_handling', {});
  assert.equal(result.isError, true);
  assert.equal(failureText(result), 'This tool intentionally returns an error for testing');
}

async function isRefusedUnknownTool({ call }) {
  await assert.rejects(call('no_such_tool', {}), (error) => {
    assert.equal(error.code, INVALID_PARAMS);
    assert.match(error.message, /no_such_tool/);
    return true;
  });
}

async function followsProgress({ call }) {
  const reports = new Mailbox();
  const result = await call('test_tool_with_progress', {}, { onprogress: (report) => reports.put(report) });
  assert.equal(text(result), 'Tool with progress executed');
  await reports.atLeast(3, 'fewer than 3 reports');
  assert.deepEqual(
    reports.letters.map(({ progress, total }) => `${progress}/${total}`),
    ['0/100', '50/100', '100/100'],
  );
}

async function tellsParallelCallsApart({ call }) {
  const numbers = Array.from({ length: PARALLEL_CALLS }, (_, index) => index);
  const reports = numbers.map(() => []);
  await Promise.all(
    numbers.map(async (number) => {
      const onprogress = (report) => reports[number].push(report);
      const [echo, silent] = await Promise.all([
        call('test_x_mcp_header', { region: `region-${number}` }),
        call('test_tool_with_progress', {}, number % 2 === 0 ? { onprogress } : {}),
      ]);
      assert.equal(text(echo), `Called with {region=region-${number}}`);
      assert.equal(text(silent), 'Tool with progress executed');
    }),
  );
  assert.deepEqual(
    reports.map((reported) => reported.length),
    numbers.map((number) => (number % 2 === 0 ? 3 : 0)),
  );
}

async function listsResources({ client }) {
  const { resources } = await client.listResources();
  assert.deepEqual(
    resources.map(({ uri, mimeType }) => `${uri} ${mimeType}`).sort(),
    ['test://static-binary image/png', 'test://static-text text/plain', 'test://watched-resource text/plain'],
  );
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate), ['test://template/{id}/data']);
}

async function readsResources({ client }) {
  const plain = await client.readResource({ uri: 'test://static-text' });
  assert.deepEqual(plain.contents, [
    { uri: 'test://static-text', mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  ]);
  const [image] = (await client.readResource({ uri: 'test://static-binary' })).contents;
  assert.equal(image.mimeType, 'image/png');
  assert.equal(signature(image.blob), PNG_SIGNATURE);
  const [data] = (await client.readResource({ uri: 'test://template/123/data' })).contents;
  assert.equal(data.uri, 'test://template/123/data');
  assert.deepEqual(JSON.parse(data.text), { id: '123', templateTest: true, data: 'Data for ID: 123' });
}

async function listsPrompts({ client }) {
  const { prompts } = await client.listPrompts();
  const names = prompts.map((prompt) => prompt.name);
  assert.ok(names.includes('test_simple_prompt'), `listed are ${names}`);
  const { arguments: parameters } = prompts.find((prompt) => prompt.name === 'test_prompt_with_arguments');
  assert.deepEqual(
    parameters.map(({ name, required }) => ({ name, required })),
    [
      { name: 'arg1', required: true },
      { name: 'arg2', required: true },
    ],
  );
}

async function getsPrompt({ client }) {
  const { messages } = await client.getPrompt({
    name: 'test_prompt_with_arguments',
    arguments: { arg1: 'one', arg2: 'two' },
  });
  assert.deepEqual(messages, [
    { role: 'user', content: { type: 'text', text: "Prompt with arguments: arg1='one', arg2='two'" } },
  ]);
}

async function completesArgument({ client }) {
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
    argument: { name: 'arg1', value: 'test' },
  });
  assert.deepEqual(completion.values, ['testing', 'test value']);
}

function signature(base64) {
  return Buffer.from(base64, 'base64').subarray(0, 8).toString('hex');
}
