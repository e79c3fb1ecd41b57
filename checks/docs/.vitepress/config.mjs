// SPDX-License-Identifier: Apache-2.0

// The site is made of the very files that are read on GitHub: docs, and the Markdown in the root of the project. The script
// beside copies them to where modules are found.

import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sidebar } from './sidebar.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

// Linked files that are no pages, such as the dashboard
const files = new Set();

// As GitHub makes them of headings, so that links to them work in both places
function slug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}\p{Connector_Punctuation} -]/gu, '')
    .replace(/ /g, '-');
}

// A page called README.md becomes the index of its folder; what is no page is copied, folders are no links
function adaptLinks(md) {
  md.core.ruler.push('adapt_links', (state) => {
    for (const block of state.tokens) {
      const inline = block.children ?? [];
      for (const [position, token] of inline.entries()) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (!href || /^([a-z]+:|#|\/)/.test(href)) {
          continue;
        }
        const [path, anchor] = href.split('#');
        const target = join(dirname(join(root, state.env.relativePath)), decodeURI(path));
        if (path.endsWith('README.md')) {
          token.attrSet('href', path.replace(/README\.md$/, 'index.md') + (anchor ? `#${anchor}` : ''));
        } else if (existsSync(target) && !path.endsWith('.md')) {
          if (statSync(target).isFile()) {
            files.add(relative(root, target));
            token.attrSet('target', '_blank');
            token.attrSet('rel', 'noreferrer');
          } else {
            token.attrs = null;
            token.tag = 'span';
            inline.slice(position).find((other) => other.type === 'link_close').tag = 'span';
          }
        }
      }
    }
  });
}

export default {
  title: 'MCP Remote',
  description: 'A Spring Boot starter that makes an application a remote MCP server',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: 'node_modules/.cache/vitepress',
  rewrites: (id) => id.replace(/(^|\/)README\.md$/, '$1index.md'),
  ignoreDeadLinks: [/^https?:\/\/localhost/],
  markdown: {
    anchor: { slugify: slug },
    toc: { slugify: slug },
    config: adaptLinks,
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [{ text: 'Documentation', link: '/docs/' }],
    sidebar,
  },
  buildEnd({ outDir }) {
    for (const file of files) {
      mkdirSync(dirname(join(outDir, file)), { recursive: true });
      cpSync(join(root, file), join(outDir, file));
    }
  },
};
