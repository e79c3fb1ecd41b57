// SPDX-License-Identifier: Apache-2.0

// The sample as a local server, which its clients start themselves.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { failureText, text } from './common-checks.mjs';
import { eventually, Mailbox } from './harness.mjs';
import { inspectWith } from './inspector-checks.mjs';
import { SAMPLE_TOOLS } from './sample-tools.mjs';

const TAP = fileURLToPath(new URL('tap.mjs', import.meta.url));

const SAMPLE = fileURLToPath(new URL('../../../sample-app', import.meta.url));

// It starts in half the time if it does not get ready for a long life
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

// What a check may take that starts a server, or two
export const STARTS_MILLIS = 120_000;

// A server behind a tap, with a directory of its own
class LocalServer {
  #directory = mkdtempSync(join(tmpdir(), 'stdio-'));
  parameters;

  constructor(jar) {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
    this.parameters = {
      command: process.execPath,
      args: [TAP, this.#directory, java, ...SHORT_LIVED, '-jar', jar, '--spring.profiles.active=stdio'],
      cwd: SAMPLE,
    };
  }

  // The kind of file that hosts read
  configuration() {
    const file = join(this.#directory, 'mcp.json');
    writeFileSync(file, JSON.stringify({ mcpServers: { projects: this.parameters } }));
    return file;
  }

  // The last one: a client may start another to find out what it speaks
  #kept(file) {
    const started = readdirSync(this.#directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return join(this.#directory, started.map(({ name }) => name).sort().at(-1), file);
  }

  async exit() {
    await eventually(() => existsSync(this.#kept('exit')), 'the server had not ended');
    return readFileSync(this.#kept('exit'), 'utf8');
  }

  messages() {
    const output = readFileSync(this.#kept('output'), 'utf8');
    assert.ok(output.endsWith('\n'), 'the last line has no end');
    return output.split('\n').slice(0, -1).map((line) => JSON.parse(line));
  }

  log() {
    return readFileSync(this.#kept('log'), 'utf8');
  }

  clear() {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

export function stdioChecks(jar, connect) {
  const server = new LocalServer(jar);
  let peer;
  return {
    'starts the server and connects': async () => {
      peer = await connect(server.parameters);
      assert.equal(peer.client.getServerVersion().name, 'project-tracker');
    },
    'lists all tools': async () => {
      const { tools } = await peer.client.listTools();
      assert.deepEqual(tools.map(({ name }) => name).sort(), SAMPLE_TOOLS);
    },
    'calls tools for the tenant of this machine': async () => {
      assert.equal(JSON.parse(text(await peer.call('whoami', {}))).tenant, 'acme');
      const projects = JSON.parse(text(await peer.call('list_projects', {})));
      assert.deepEqual(projects.map(({ name }) => name), ['Apollo', 'Gemini', 'Mercury']);
    },
    'follows the progress of a call': async () => {
      const reports = new Mailbox();
      const onprogress = ({ progress, total }) => reports.put(`${progress}/${total}`);
      const result = await peer.call('export_archive', { seconds: 2 }, { onprogress });
      assert.equal(text(result), 'The archive has 3 projects.');
      // Clients pass over a report that they read together with the result
      assert.equal((await reports.atLeast(1, 'no report'))[0], '1/2');
      const sent = server.messages().filter(({ method }) => method === 'notifications/progress');
      assert.deepEqual(sent.map(({ params }) => params.progress), [1, 2]);
    },
    'is told that an argument is out of bounds': async () => {
      assert.match(text(await peer.call('import_document', { path: 'roadmap.md' })), /Mercury waits/);
      const result = await peer.call('import_document', { path: '../pom.xml' });
      assert.equal(result.isError, true);
      assert.match(failureText(result), /path: it must not have/);
    },
    'reads a resource and gets a prompt': async () => {
      const [project] = (await peer.client.readResource({ uri: 'project://2' })).contents;
      assert.match(project.text, /Gemini/);
      const { messages } = await peer.client.getPrompt({ name: 'weekly_status' });
      assert.match(messages[0].content.text, /Apollo/);
      assert.doesNotMatch(messages[0].content.text, /Hydra/);
    },
    'ends the server by closing its input': async () => {
      await peer.client.close();
      assert.equal(await server.exit(), '0');
    },
    'has heard nothing but the protocol': () => heardTheProtocol(server),
    'leaves': async () => server.clear(),
  };
}

export function inspectorStdioChecks(jar) {
  const inspect = async (...options) => {
    const server = new LocalServer(jar);
    try {
      const from = ['--config', server.configuration(), '--server', 'projects', '--connect-timeout', '60000'];
      const result = await inspectWith([...from, ...options], STARTS_MILLIS);
      assert.equal(await server.exit(), '0');
      await heardTheProtocol(server);
      return result;
    } finally {
      server.clear();
    }
  };
  return {
    'tools/list from a local server': async () => {
      const { tools } = await inspect('--method', 'tools/list');
      assert.deepEqual(tools.map(({ name }) => name).sort(), SAMPLE_TOOLS);
    },
    'tools/call with arguments at a local server': async () => {
      const call = ['--method', 'tools/call', '--tool-name', 'get_project', '--tool-args-json', '{"id":"3"}'];
      assert.equal(JSON.parse(text(await inspect(...call))).name, 'Mercury');
    },
  };
}

async function heardTheProtocol(server) {
  const messages = server.messages();
  assert.ok(messages.length >= 2, `there were ${messages.length} messages`);
  for (const message of messages) {
    assert.equal(message.jsonrpc, '2.0');
    const answers = 'id' in message && ('result' in message || 'error' in message);
    assert.ok(answers || typeof message.method === 'string', JSON.stringify(message));
  }
  // It does log, elsewhere
  assert.match(server.log(), /Started SampleApplication/);
}
