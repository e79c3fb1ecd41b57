// SPDX-License-Identifier: Apache-2.0

// Counts scenarios from what the conformance suite has written for a running server and for a dead port.
//
//   node summarize.mjs <output of list --requirements> <results of the server> <results of the dead port>

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Scenarios that the suite runs without scoring them, but that we want to pass.
// In server-sse-polling nothing is ever a failure: what is missing becomes a warning, and a call that was not
// interrupted becomes a mere note, so the check that the call was resumed has to be there.
const EXPECTED_UNSCORED = {
  'http-header-validation': {},
  'http-custom-header-server-validation': {},
  'json-schema-2020-12': {},
  'server-sse-polling': { allowWarnings: false, required: 'server-sse-disconnect-resume' },
};

function readRequirements(file) {
  const scored = [];
  const unscored = [];
  let target;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (/^\S/.test(line)) {
      target = line.startsWith('Server scenarios') ? scored : line.startsWith('Run and reported') ? unscored : undefined;
    }
    const name = /^\s+- (\S+)(?: \[(\w+)\])?$/.exec(line);
    if (target && name && name[2] !== 'client') {
      target.push(name[1]);
    }
  }
  if (scored.length === 0) {
    throw new Error(`No server scenarios in ${file}`);
  }
  return { scored, unscored };
}

// Directories are named server-<scenario>-<timestamp>. One without checks.json belongs to a scenario that broke off.
function readResults(directory) {
  const results = new Map();
  for (const entry of readdirSync(directory)) {
    const name = /^server-(.+)-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/.exec(entry);
    const checks = join(directory, entry, 'checks.json');
    if (name && existsSync(checks)) {
      results.set(name[1], JSON.parse(readFileSync(checks, 'utf8')));
    }
  }
  return results;
}

function withStatus(checks, status) {
  return checks.filter((check) => check.status === status);
}

// Without a single success nothing was shown, however few failures there are.
function passes(checks, { allowWarnings = true, required } = {}) {
  const successes = withStatus(checks, 'SUCCESS');
  return (
    withStatus(checks, 'FAILURE').length === 0 &&
    successes.length > 0 &&
    (allowWarnings || withStatus(checks, 'WARNING').length === 0) &&
    (!required || successes.some((check) => check.id === required))
  );
}

function messageOf(check) {
  const message = (check.errorMessage ?? check.details?.message ?? check.description).replace(/\s+/g, ' ');
  return message.length > 500 ? `${message.slice(0, 500)}...` : message;
}

function explain(heading, checks, statuses) {
  console.log(heading);
  const relevant = statuses.flatMap((status) => withStatus(checks, status));
  for (const check of relevant) {
    console.log(`  ${check.status} ${check.id}: ${messageOf(check)}`);
  }
  if (relevant.length === 0) {
    console.log(checks.length === 0 ? '  broke off without a result' : '  shows nothing: no check succeeded');
  }
}

const [requirementsFile, liveDirectory, deadDirectory] = process.argv.slice(2);
const { scored, unscored } = readRequirements(requirementsFile);
const live = readResults(liveDirectory);
const dead = readResults(deadDirectory);
const checksOf = (scenario) => live.get(scenario) ?? [];

const passed = scored.filter((scenario) => passes(checksOf(scenario)));
const passedDead = passed.filter((scenario) => passes(dead.get(scenario) ?? []));
const expected = unscored.filter((scenario) => scenario in EXPECTED_UNSCORED);
const missed = expected.filter((scenario) => !passes(checksOf(scenario), EXPECTED_UNSCORED[scenario]));

for (const scenario of scored.filter((name) => !passed.includes(name))) {
  explain(`failed ${scenario}`, checksOf(scenario), ['FAILURE']);
}
for (const scenario of missed) {
  explain(`failed ${scenario} (unscored)`, checksOf(scenario), ['FAILURE', 'WARNING', 'SKIPPED']);
}
for (const scenario of passed.filter((name) => withStatus(checksOf(name), 'WARNING').length > 0)) {
  explain(`passed with warnings ${scenario}`, checksOf(scenario), ['WARNING']);
}

console.log(`scored scenarios passed: ${passed.length}/${scored.length}`);
console.log(`of which also pass against a dead port: ${passedDead.length}`);
for (const scenario of expected) {
  const checks = checksOf(scenario);
  const count = (status) => withStatus(checks, status).length;
  const shown = count('SUCCESS') + count('FAILURE') + count('WARNING') > 0;
  const state = !missed.includes(scenario) ? 'passed' : checks.length > 0 && !shown ? 'skipped' : 'failed';
  console.log(
    `unscored ${scenario}: ${state} ` +
      `(${count('SUCCESS')} checks passed, ${count('FAILURE')} failed, ${count('WARNING')} warnings)`,
  );
}
process.exitCode = passed.length === scored.length && missed.length === 0 ? 0 : 1;
