// SPDX-License-Identifier: Apache-2.0

// Prints the blocks of code that a script is to run, in the order of the pages, as lines of JSON with page, line, language,
// what (the words behind the runner's name) and text:
//
//   node blocks.mjs <runner>      for blocks such as ```bash run <runner> <what>

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const runner = process.argv[2];

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

for (const page of pages) {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  for (let i = 0; i < lines.length; i++) {
    const fence = /^( *)(```+)(\S*)\s*(\S*)\s*(\S*)\s*(.*)$/.exec(lines[i]);
    if (!fence) {
      continue;
    }
    const line = i + 1;
    const text = [];
    for (i++; i < lines.length && lines[i].trim() !== fence[2]; i++) {
      text.push(lines[i].startsWith(fence[1]) ? lines[i].slice(fence[1].length) : lines[i].trimStart());
    }
    if (fence[4] === 'run' && fence[5] === runner) {
      console.log(JSON.stringify({ page, line, language: fence[3], what: fence[6], text: text.join('\n') }));
    }
  }
}
