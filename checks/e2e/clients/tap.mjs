// SPDX-License-Identifier: Apache-2.0

// Stands between a client and the local server that it starts: keeps what the server writes, and how it ends.
//
//   node tap.mjs <directory> <command> <argument...>
//
// In the directory, a subdirectory for each server that is started: output and log (its two streams), and exit once it
// has ended.

import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, openSync, writeFileSync } from 'node:fs';

// Clients do not wait for long until they kill
const GRACE_MILLIS = 1500;

const [directory, command, ...args] = process.argv.slice(2);
const kept = `${directory}/${Date.now()}-${process.pid}`;
mkdirSync(kept);
const server = spawn(command, args, { stdio: ['inherit', 'pipe', openSync(`${kept}/log`, 'w')] });
server.stdout.on('data', (chunk) => {
  appendFileSync(`${kept}/output`, chunk);
  process.stdout.write(chunk);
});
server.on('close', (code, signal) => writeFileSync(`${kept}/exit`, `${code ?? signal}`));
// Its input has ended before that, which is what it is to heed
process.on('SIGTERM', () => setTimeout(() => server.kill('SIGKILL'), GRACE_MILLIS).unref());
