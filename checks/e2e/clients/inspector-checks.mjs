// SPDX-License-Identifier: Apache-2.0

// The MCP Inspector on the command line: a process for each request.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { TOOLS } from './common-checks.mjs';

const run = promisify(execFile);

const PACKAGE = fileURLToPath(new URL('../node_modules/@modelcontextprotocol/inspector/', import.meta.url));

const LAUNCHER = join(PACKAGE, 'clients/launcher/build/index.js');

export function inspectorChecks(url, era) {
  const server = ['--server-url', url, '--protocol-era', era];
  const inspect = (...options) => inspectWith([...server, ...options]);
  return {
    'tools/list': () => listsTools(inspect),
    'tools/call': () => callsTool(inspect),
    'tools/call with arguments': () => callsToolWithArguments(inspect),
    'resources/list': () => listsResources(inspect),
    'resources/read': () => readsResource(inspect),
    'prompts/list': () => listsPrompts(inspect),
    'prompts/get': () => getsPrompt(inspect),
  };
}

// Has a home of its own, as it keeps settings there
export async function inspectWith(options, timeout = 25_000) {
  const home = await mkdtemp(join(tmpdir(), 'inspector-'));
  try {
    const command = [LAUNCHER, '--cli', '--format', 'json', '--quiet'];
    const { stdout } = await run(process.execPath, [...command, ...options], {
      env: { ...process.env, HOME: home },
      maxBuffer: 16 * 1024 * 1024,
      timeout,
    });
    return JSON.parse(stdout).result;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function listsTools(inspect) {
  const { tools } = await inspect('--method', 'tools/list');
  const names = tools.map(({ name }) => name);
  assert.deepEqual(TOOLS.filter((name) => !names.includes(name)), [], 'tools are missing');
}

async function callsTool(inspect) {
  const { content } = await inspect('--method', 'tools/call', '--tool-name', 'test_simple_text');
  assert.deepEqual(content, [{ type: 'text', text: 'This is a simple text response for testing.' }]);
}

async function callsToolWithArguments(inspect) {
  const args = JSON.stringify({ region: 'Zürich', level: 3 });
  const call = ['--method', 'tools/call', '--tool-name', 'test_x_mcp_header', '--tool-args-json', args];
  const { content } = await inspect(...call);
  assert.deepEqual(content, [{ type: 'text', text: 'Called with {region=Zürich, level=3}' }]);
}

async function listsResources(inspect) {
  const { resources } = await inspect('--method', 'resources/list');
  assert.deepEqual(
    resources.map(({ uri }) => uri).sort(),
    ['test://static-binary', 'test://static-text', 'test://watched-resource'],
  );
}

async function readsResource(inspect) {
  const { contents } = await inspect('--method', 'resources/read', '--uri', 'test://static-text');
  assert.equal(contents[0].text, 'This is the content of the static text resource.');
}

async function listsPrompts(inspect) {
  const { prompts } = await inspect('--method', 'prompts/list');
  const names = prompts.map(({ name }) => name);
  assert.ok(names.includes('test_simple_prompt'), `listed are ${names}`);
}

async function getsPrompt(inspect) {
  const prompt = ['--prompt-name', 'test_prompt_with_arguments', '--prompt-args', 'arg1=one', 'arg2=two'];
  const { messages } = await inspect('--method', 'prompts/get', ...prompt);
  assert.equal(messages[0].content.text, "Prompt with arguments: arg1='one', arg2='two'");
}
