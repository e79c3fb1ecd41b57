// SPDX-License-Identifier: Apache-2.0

// One client in a retry loop beside twenty that take their time.
//
//   node runaway.mjs keys <file>        mints API keys: configuration for the server to <file>, the keys to <file>.keys
//   node runaway.mjs check <file> <url>

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import { runChecks } from './harness.mjs';

const PAIRS = 9;
const PACED = 20;
const PACED_CALLS = 30;
const PACED_INTERVAL_MILLIS = 125;
const LOOP_INTERVAL_MILLIS = 5;
// So many calls that the server has compiled what it needs for them
const FIRST_CALLERS = 400;
const FIRST_CALLS = 50;
// One phase to begin with, and then pairs of them, the second with one in a loop
const CALLERS = FIRST_CALLERS + PACED + 1 + PAIRS * (2 * PACED + 1);
// What the default limits let one session call in a minute
const LIMIT = 60;
const MOST_P99_RATIO = 1.5;
// Of 200 a second
const LEAST_RATE = 150;

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function letters(count) {
  return [...randomBytes(count)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

// Each phase has callers of its own, of whose limits nothing has been used
function mint(file) {
  const keys = [];
  const lines = ['mcp.remote.security.api-key.keys:'];
  for (let i = 0; i < CALLERS; i++) {
    const id = letters(12);
    const key = `mcpk_${id}_${letters(43)}`;
    keys.push(key);
    const digest = createHash('sha256').update(key).digest('hex');
    lines.push(`  - {id: "${id}", digest: "${digest}", owner: "caller-${i}"}`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  writeFileSync(`${file}.keys`, JSON.stringify(keys));
}

const HEADERS = {
  'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream',
  'MCP-Protocol-Version': '2026-07-28',
  'Mcp-Method': 'tools/call',
  'Mcp-Name': 'test_simple_text',
};

const BODY = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: {
    name: 'test_simple_text',
    arguments: {},
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
      'io.modelcontextprotocol/clientInfo': { name: 'runaway', version: '1' },
    },
  },
});

// Less than fetch does for a request, since the server runs on the same machine
const agent = new Agent({ keepAlive: true });

function call(url, key) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: 'POST',
      headers: { ...HEADERS, 'Content-Length': BODY.length, Authorization: `Bearer ${key}` },
    }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => resolve({
        status: response.statusCode,
        millis: performance.now() - started,
        retryAfter: response.headers['retry-after'],
        text,
      }));
    });
    sent.on('error', reject);
    sent.end(BODY);
  });
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function paced(url, key, delay) {
  const answers = [];
  await pause(delay);
  for (let i = 0; i < PACED_CALLS; i++) {
    const answer = await call(url, key);
    answers.push(answer);
    await pause(Math.max(0, PACED_INTERVAL_MILLIS - answer.millis));
  }
  return answers;
}

// Sends at its rate whatever comes back
async function loop({ url, key }) {
  let over = false;
  parentPort.once('message', () => {
    over = true;
  });
  const answers = [];
  const begun = performance.now();
  while (!over) {
    answers.push(call(url, key));
    // Timers come late, and what they are late by is made up for
    const left = begun + answers.length * LOOP_INTERVAL_MILLIS - performance.now();
    await (left > 0 ? pause(left) : new Promise((resolve) => setImmediate(resolve)));
  }
  parentPort.postMessage(await Promise.all(answers));
}

// On a thread of its own, else the others would wait for it here and not at the server
function startLoop(url, key) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { url, key } });
  const answers = new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return async () => {
    worker.postMessage('stop');
    return answers;
  };
}

async function warmUp(url, keys) {
  const clients = Array.from({ length: PACED }, async () => {
    for (let key = keys.pop(); key; key = keys.pop()) {
      for (let i = 0; i < FIRST_CALLS; i++) {
        const { status } = await call(url, key);
        assert(status === 200, `a call was answered with ${status} before anything was measured`);
      }
    }
  });
  await Promise.all(clients);
}

async function phase(url, keys, runaway) {
  const stop = runaway ? startLoop(url, runaway) : async () => [];
  const clients = keys.map((key, i) => paced(url, key, (i * PACED_INTERVAL_MILLIS) / PACED));
  const answers = (await Promise.all(clients)).flat();
  return { answers, looping: await stop() };
}

function p99({ answers }) {
  const millis = answers.map((answer) => answer.millis).sort((a, b) => a - b);
  return millis[Math.floor(millis.length * 0.99)];
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function assert(condition, complaint) {
  if (!condition) {
    throw new Error(complaint);
  }
}

async function measure(file, url) {
  const keys = JSON.parse(readFileSync(`${file}.keys`, 'utf8'));
  const take = (count) => keys.splice(0, count);
  await warmUp(url, take(FIRST_CALLERS));
  // Nor with the first at this pace
  await phase(url, take(PACED), take(1)[0]);
  const pairs = [];
  for (let i = 0; i < PAIRS; i++) {
    const alone = await phase(url, take(PACED), undefined);
    const beside = await phase(url, take(PACED), take(1)[0]);
    pairs.push({ alone, beside });
  }
  return pairs;
}

function checks(pairs) {
  return {
    'one in a loop gets what the limit allows, and then 429': async () => {
      for (const { beside } of pairs) {
        const statuses = beside.looping.map(({ status }) => status);
        const served = statuses.filter((status) => status === 200).length;
        const limited = beside.looping.filter(({ status }) => status === 429);
        assert(served === LIMIT, `${served} calls were served`);
        assert(limited.length === statuses.length - served, `there were ${new Set(statuses).size} kinds of answers`);
        assert(limited.length > LIMIT, `only ${limited.length} calls were limited`);
        assert(limited.every(({ retryAfter }) => Number(retryAfter) > 0), 'there is a 429 that names no time');
        assert(limited.every(({ text }) => JSON.parse(text).error.data.level === 'session'), 'there is a 429 for another reason');
      }
    },
    'nobody else is refused': async () => {
      const refused = pairs.flatMap(({ alone, beside }) => [...alone.answers, ...beside.answers])
        .filter(({ status }) => status !== 200);
      assert(refused.length === 0, `${refused.length} were, the first with ${refused[0]?.status}`);
    },
    'one in a loop keeps its pace': async () => {
      const rate = pace(pairs);
      assert(rate >= LEAST_RATE, `it made ${Math.round(rate)} calls a second`);
    },
  };
}

function pace(pairs) {
  const seconds = (PACED_CALLS * PACED_INTERVAL_MILLIS) / 1000;
  return median(pairs.map(({ beside }) => beside.looping.length / seconds));
}

// No check: where clients and server share two cores, what else runs on them decides
function figure(pairs) {
  const ratios = pairs.map(({ alone, beside }) => p99(beside) / p99(alone));
  return `p99 of the others beside ${Math.round(pace(pairs))} calls a second to that without: median ${median(ratios).toFixed(2)}`
    + ` of ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')} (target: at most ${MOST_P99_RATIO})`;
}

const [command, file, url] = process.argv.slice(2);
if (!isMainThread) {
  await loop(workerData);
} else if (command === 'keys' && file) {
  mint(file);
} else if (command === 'check' && file && url) {
  const pairs = await measure(file, url);
  const failed = await runChecks('client in a loop', checks(pairs));
  console.log(`  ${figure(pairs)}`);
  process.exit(failed === 0 ? 0 : 1);
} else {
  console.error('usage: node runaway.mjs keys <file> | check <file> <url>');
  process.exit(2);
}
