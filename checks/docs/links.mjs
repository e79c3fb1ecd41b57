// SPDX-License-Identifier: Apache-2.0

// Looks at every link of the site that was built, the part behind # included, and whether every page can be found.
//
//   node links.mjs <folder of the site>

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { sidebar } from './.vitepress/sidebar.mjs';

const site = resolve(process.argv[2]);
const base = process.env.DOCS_BASE ?? '/';

function readPages() {
  const pages = new Map();
  for (const name of readdirSync(site, { recursive: true })) {
    if (name.endsWith('.html')) {
      const html = readFileSync(join(site, name), 'utf8');
      pages.set(join(site, name), {
        ids: new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((match) => decode(match[1]))),
        links: [...html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)].map((match) => decode(match[1])),
      });
    }
  }
  return pages;
}

function decode(text) {
  return text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'");
}

function find(page, path) {
  const plain = decodeURI(path);
  const target = plain.startsWith('/') ? join(site, plain.slice(base.length - 1)) : resolve(dirname(page), plain);
  const candidates = [target, `${target}.html`, join(target, 'index.html')];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}

function listed(items) {
  return items.flatMap((item) => [...(item.link ? [item.link] : []), ...listed(item.items ?? [])]);
}

const pages = readPages();
const problems = [];
let links = 0;

for (const [page, { ids, links: hrefs }] of pages) {
  for (const href of hrefs) {
    if (/^[a-z]+:/.test(href)) {
      continue;
    }
    links++;
    const [path, anchor] = href.split('#');
    const target = path ? find(page, path) : page;
    if (!target) {
      problems.push(`${relative(site, page)}: ${href} leads nowhere`);
    } else if (anchor && pages.has(target) && !pages.get(target).ids.has(decodeURIComponent(anchor))) {
      problems.push(`${relative(site, page)}: nothing is called #${anchor} on ${relative(site, target)}`);
    }
  }
}

const known = new Set(listed(sidebar).map((link) => find(join(site, 'index.html'), base + link.slice(1))));
for (const page of pages.keys()) {
  if (relative(site, page).startsWith('docs/') && !known.has(page)) {
    problems.push(`${relative(site, page)} is not in the sidebar`);
  }
}

for (const problem of new Set(problems)) {
  console.log(`not ok - ${problem}`);
}
if (problems.length === 0) {
  console.log(`ok - ${links} links on ${pages.size} pages lead somewhere`);
}
process.exit(problems.length === 0 && links > 0 ? 0 : 1);
