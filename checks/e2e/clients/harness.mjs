// SPDX-License-Identifier: Apache-2.0

// Runs checks one after the other and prints a line for each.

import { setTimeout } from 'node:timers/promises';

// Far more than any check needs; it is there so that nothing hangs.
const PATIENCE_MILLIS = 30_000;

const LOOK_AGAIN_MILLIS = 50;

export async function runChecks(client, checks, millis = PATIENCE_MILLIS) {
  let failed = 0;
  for (const [claim, check] of Object.entries(checks)) {
    try {
      await within(check(), 'not finished', millis);
      console.log(`ok - ${client}: ${claim}`);
    } catch (error) {
      failed++;
      console.log(`not ok - ${client}: ${claim}`);
      console.log(indent(describe(error)));
    }
  }
  return failed;
}

export async function within(promise, complaint, millis = PATIENCE_MILLIS) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = globalThis.setTimeout(() => reject(new Error(`${complaint} after ${millis} ms`)), millis);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

// For what shows only when looked at
export async function eventually(holds, complaint) {
  const deadline = Date.now() + PATIENCE_MILLIS / 2;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`${complaint} after ${PATIENCE_MILLIS / 2} ms`);
    }
    await setTimeout(LOOK_AGAIN_MILLIS);
  }
}

// What has arrived unasked, for checks to wait for.
export class Mailbox {
  #letters = [];
  #readers = new Set();

  put(letter) {
    this.#letters.push(letter);
    this.#readers.forEach((look) => look());
  }

  get letters() {
    return [...this.#letters];
  }

  clear() {
    this.#letters = [];
  }

  async until(isEnough, complaint) {
    let look;
    const arrived = new Promise((resolve) => {
      look = () => isEnough(this.#letters) && resolve(this.letters);
      this.#readers.add(look);
      look();
    });
    try {
      return await within(arrived, complaint, PATIENCE_MILLIS / 2);
    } finally {
      this.#readers.delete(look);
    }
  }

  async first(isMeant, complaint) {
    const letters = await this.until((all) => all.some(isMeant), complaint);
    return letters.find(isMeant);
  }

  async atLeast(count, complaint) {
    return this.until((all) => all.length >= count, complaint);
  }
}

function describe(error) {
  const code = error?.code !== undefined ? ` (code ${error.code})` : '';
  return `${error?.message ?? error}${code}`;
}

function indent(text) {
  return text
    .split('\n')
    .slice(0, 30)
    .map((line) => `  ${line}`)
    .join('\n');
}
