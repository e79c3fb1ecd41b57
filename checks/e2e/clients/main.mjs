// SPDX-License-Identifier: Apache-2.0

// Runs the checks of one client against a server.
//
//   node main.mjs <client> <URL, or jar of a local server>

import { readFileSync } from 'node:fs';

import { authorizationChecks } from './authorization-checks.mjs';
import { commonChecks, revisionCheck } from './common-checks.mjs';
import { runChecks } from './harness.mjs';
import { inputChecks, waitingInputChecks } from './input-checks.mjs';
import { inspectorChecks } from './inspector-checks.mjs';
import { modernChecks } from './modern-checks.mjs';
import { publishedChecks, sampleChecks } from './sample-checks.mjs';
import { sessionChecks, streamChecks } from './session-checks.mjs';
import { statelessChecks } from './stateless-checks.mjs';
import { inspectorStdioChecks, STARTS_MILLIS, stdioChecks } from './stdio-checks.mjs';
import { connect as connectV1, start as startV1 } from './typescript-v1.mjs';
import { connect as connectV2, start as startV2 } from './typescript-v2.mjs';

const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const V2 = '@modelcontextprotocol/client';

const V1 = '@modelcontextprotocol/sdk';

const V1_OF_2025_06_18 = 'sdk-of-2025-06-18';

const V1_OF_2025_03_26 = 'sdk-of-2025-03-26';

const CLIENTS = {
  'v2-auto': modern(`${typescript(V2)}, auto`),
  'v2': withSession(typescript(V2), connectV2, { revision: '2025-11-25', streams: true }),
  'v1': withSession(typescript(V1), connectV1, { revision: '2025-11-25', streams: true }),
  'v1-of-2025-06-18': withSession(typescript(V1_OF_2025_06_18), release(V1_OF_2025_06_18), { revision: '2025-06-18' }),
  'v1-of-2025-03-26': withSession(typescript(V1_OF_2025_03_26), release(V1_OF_2025_03_26), { asks: false }),
  'v2-auto-stateless': modern(`${typescript(V2)}, auto, no sessions`),
  'v2-stateless': stateless(`${typescript(V2)}, no sessions`, connectV2),
  'v1-stateless': stateless(`${typescript(V1)}, no sessions`, connectV1),
  'v2-auto-registering': authorized('auto, registering', { mode: 'auto' }),
  'v2-registering': authorized('registering', {}),
  'v2-auto-registered': authorized('auto, registered', { mode: 'auto', clientId: 'public-client' }),
  'v2-auto-bound': authorized('auto, bound tokens', { mode: 'auto', bound: true }),
  'v2-auto-sample': sample(`${typescript(V2)}, auto`, modernV2, '2026-07-28'),
  'v2-sample': sample(typescript(V2), connectV2, '2025-11-25'),
  'v1-sample': sample(typescript(V1), connectV1, '2025-11-25'),
  'v2-auto-stdio': stdio(`${typescript(V2)}, auto`, (server) => startV2(server, { mode: 'auto' })),
  'v2-stdio': stdio(typescript(V2), startV2),
  'v1-stdio': stdio(typescript(V1), startV1),
  'inspector-stdio': (jar) => runChecks('Inspector, sample, stdio', inspectorStdioChecks(jar), STARTS_MILLIS),
  'inspector': (url) => runChecks('Inspector', inspectorChecks(url, 'legacy')),
  'inspector-modern': (url) => runChecks('Inspector, modern', inspectorChecks(url, 'modern')),
};

// A dependency is a version, or an alias that ends in one
function typescript(name) {
  return `TypeScript client ${dependencies[name].split('@').at(-1)}`;
}

function modern(label) {
  return (url) => {
    const connect = (options) => connectV2(url, { mode: 'auto', ...options });
    return runConnected(label, connect, (peer) => ({
      ...commonChecks(peer),
      ...inputChecks(peer),
      ...modernChecks(peer, connect),
    }));
  };
}

function withSession(label, connect, { revision, asks = true, streams = false }) {
  return (url) =>
    runConnected(label, () => connect(url), (peer) => ({
      ...(revision ? revisionCheck(peer, revision) : {}),
      ...(streams ? streamChecks(peer) : {}),
      ...commonChecks(peer),
      ...(asks ? { ...inputChecks(peer), ...waitingInputChecks(peer) } : {}),
      ...sessionChecks(peer, url),
    }));
}

function authorized(label, options) {
  return async (url) => runChecks(`${typescript(V2)}, ${label}`, await authorizationChecks(url, options));
}

function modernV2(url, options) {
  return connectV2(url, { ...options, mode: 'auto' });
}

function sample(label, connect, revision) {
  return (url) => {
    const open = (options) => connect(url, options);
    return runChecks(`${label}, sample`, { ...sampleChecks(url, open, revision), ...publishedChecks(url, open) });
  };
}

function stdio(label, start) {
  return (jar) => runChecks(`${label}, sample, stdio`, stdioChecks(jar, start), STARTS_MILLIS);
}

function stateless(label, connect) {
  return (url) =>
    runConnected(label, () => connect(url), (peer) => ({
      ...revisionCheck(peer, '2025-11-25'),
      ...commonChecks(peer),
      ...statelessChecks(peer),
    }));
}

function release(name) {
  return (url) => connectV1(url, { release: name });
}

async function runConnected(label, connect, checksOf) {
  let connection;
  const peer = () => {
    if (!connection) {
      throw new Error('not connected');
    }
    return connection;
  };
  const connects = async () => {
    connection = await connect();
  };
  const failed = await runChecks(label, { connects, ...checksOf(peer) });
  await connection?.client.close().catch(() => {});
  return failed;
}

const [name, server] = process.argv.slice(2);
const runClient = CLIENTS[name];
if (!runClient || !server) {
  console.error(`usage: node main.mjs ${Object.keys(CLIENTS).join('|')} <URL or jar>`);
  process.exit(2);
}
const failed = await runClient(server);
// Whatever a client may have left open
process.exit(failed === 0 ? 0 : 1);
