// SPDX-License-Identifier: Apache-2.0

// usage: main.mjs <chromium> <origin of the sample> <folder for screenshots> <URLs of three Inspectors>

import assert from 'node:assert/strict';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { runChecks } from '../clients/harness.mjs';
import { SAMPLE_TOOLS } from '../clients/sample-tools.mjs';
import { peek, serveEmptyPage, whoAmI } from './direct.mjs';
import { InspectorPage } from './inspector-page.mjs';
import { decide, signIn } from './sign-in.mjs';

const STRANGER = 'stranger.example';

const [executablePath, sample, folder, ...inspectors] = process.argv.slice(2);
const endpoint = `${sample}/mcp`;

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', `--host-resolver-rules=MAP ${STRANGER} 127.0.0.1`],
});

// Somebody with a browser of their own, which has signed in nowhere yet
async function visitor(name, inspectorUrl) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  const foreign = [];
  // The Inspector asks for fonts
  await context.route(
    (url) => !['localhost', '127.0.0.1', STRANGER].includes(url.hostname),
    (route) => {
      foreign.push(`${route.request().frame().url()} loads ${route.request().url()}`);
      return route.fulfill({ body: '' });
    },
  );
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  let shots = 0;
  const shoot = async (what) => {
    shots++;
    const file = `${name}-${String(shots).padStart(2, '0')}-${what}.png`;
    // Dialogs fade in
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(folder, file) });
  };
  return { page, inspector: new InspectorPage(page, inspectorUrl), shoot, errors, foreign, close: () => context.close() };
}

// Adds the sample under a name and connects, up to where somebody has to sign in
async function begin({ inspector }, name, era) {
  await inspector.open();
  await inspector.add(name, endpoint);
  await inspector.choose(name, era);
  await inspector.connect(name);
}

// Shows how things stand where a check has failed
function watched(user, checks) {
  const watch = (run) => async () => {
    try {
      await run();
    } catch (error) {
      await user.shoot('failed');
      throw error;
    }
  };
  return Object.fromEntries(Object.entries(checks).map(([claim, run]) => [claim, watch(run)]));
}

function editorChecks(user, name, era, revision, victim) {
  const { page, inspector, shoot } = user;
  const stepUp = async (scope) => {
    await inspector.shows(new RegExp(`needs additional scope: ${scope}`));
    await shoot('step-up');
    await inspector.authorize();
    const text = await decide(page, 'Allow');
    assert.ok(text.includes(scope), text);
    await inspector.shows(/Step-up authorization succeeded/);
  };
  return {
    'connecting leads to a login': async () => {
      await begin(user, name, era);
      await page.waitForURL(`${sample}/login`);
      await shoot('login');
    },
    'a wrong password is refused, and may be given again': async () => {
      await signIn(page, 'editor', 'wrong');
      await page.getByText('Invalid credentials').waitFor();
      await shoot('wrong-password');
      await signIn(page, 'editor');
    },
    'consent is asked for by name, for the base scopes only': async () => {
      await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
      await shoot('consent');
      const text = await decide(page, 'Allow');
      assert.match(text, /MCP Inspector[^\n]* wants to act for editor/);
      assert.ok(text.includes('read:projects') && !text.includes('write'), text);
    },
    [`consent leads back, connected with ${revision}`]: async () => {
      await inspector.shows(/Authentication succeeded/);
      const state = await inspector.state(name);
      assert.ok(state.includes('Connected') && state.includes(`MCP ${revision}`), state);
      await shoot('connected');
    },
    'tools are listed': async () => {
      await inspector.tab('Tools');
      assert.deepEqual(await inspector.entries('Tools'), SAMPLE_TOOLS);
    },
    'a tool is called': async () => {
      await inspector.call('list_projects');
      await inspector.result(/"id": "1",[^}]*"name": "Apollo",[^}]*120000/);
      await shoot('list-projects');
    },
    'a tool tells who has signed in, and what they have consented to': async () => {
      await inspector.call('whoami');
      const text = await inspector.result(/"scopes"[^\]]*\]/);
      assert.match(text, /"subject": "editor"[^}]*"tenant": "acme"[^}]*"read:projects"/);
      assert.ok(!text.includes('write:projects'), text);
      await shoot('whoami');
    },
    'a tool that fails tells why': async () => {
      await inspector.call('get_project', { id: '4' });
      await inspector.result(/Tool Error\s+There is no project 4\./);
      await shoot('tool-error');
    },
    'a tool that needs another scope leads through consent': async () => {
      await inspector.call('delete_project', { id: victim });
      await stepUp('write:projects');
    },
    'a confirmation that is declined changes nothing': async () => {
      await inspector.call('delete_project', { id: victim });
      await inspector.question().getByText(`Delete project ${victim}?`).waitFor();
      await shoot('confirmation');
      await inspector.answer('Decline');
      await inspector.result(/Not run: the user was asked and said no/);
      await shoot('declined');
      await inspector.call('get_project', { id: victim });
      await inspector.result(new RegExp(`"id": "${victim}"`));
    },
    'a confirmation that is sent without being ticked changes nothing': async () => {
      await inspector.call('delete_project', { id: victim });
      await inspector.answer('Submit');
      await inspector.result(/Not run: the user was asked and said no/);
    },
    'a confirmation that is given deletes': async () => {
      await inspector.call('delete_project', { id: victim });
      await inspector.answer('Submit', { confirm: true });
      await inspector.result(new RegExp(`Project ${victim} is deleted`));
      await shoot('deleted');
      await inspector.call('get_project', { id: victim });
      await inspector.result(new RegExp(`There is no project ${victim}`));
    },
    'prompts are listed by name, and one is got': async () => {
      await inspector.tab('Prompts');
      assert.deepEqual(await inspector.entries('Prompts'), ['weekly_status']);
      await inspector.select('weekly_status');
      await inspector.shows(/role: user\s+Write this week's status[^]*Apollo/);
      await shoot('prompt');
    },
    'a resource is read by its template': async () => {
      await inspector.read('project', '1');
      await inspector.shows(/Apollo \(1\): budget 120000/);
      await shoot('resource');
    },
  };
}

function limitChecks({ inspector, page, shoot }) {
  return {
    'a limit that is used up says when to try again': async () => {
      await inspector.call('generate_report', { projectId: '1' });
      await inspector.shows(/needs additional scope: write:reports/);
      await inspector.authorize();
      await decide(page, 'Allow');
      await inspector.shows(/Step-up authorization succeeded/);
      for (let i = 0; i < 5; i++) {
        await inspector.call('generate_report', { projectId: '1' });
        await inspector.result(/Budget: 120000/);
      }
      await inspector.call('generate_report', { projectId: '1' });
      const text = await inspector.result(/the limit 'tool' of 5\/1h calls is used up\. Wait \d+ seconds/);
      assert.match(text, /asked to retry after 59m/);
      await shoot('limited');
    },
  };
}

function viewerChecks(user) {
  const { page, inspector, shoot } = user;
  return {
    'who denies consent is back, and not connected': async () => {
      await begin(user, 'viewer', 'Legacy');
      await signIn(page, 'viewer');
      await decide(page, 'Deny');
      await inspector.shows(/access_denied/);
      await shoot('denied');
    },
    'who has thought better of it connects': async () => {
      await inspector.open();
      await inspector.connect('viewer');
      await decide(page, 'Allow');
      await inspector.shows(/Authentication succeeded/);
    },
    'an account that may only read sees the rows of its tenant': async () => {
      await inspector.call('list_projects');
      const text = await inspector.result(/Hydra/);
      assert.ok(!text.includes('Apollo'), text);
    },
    'an account that may only read is told that more was not granted': async () => {
      await inspector.call('create_project', { name: 'Skylab' });
      await inspector.shows(/needs additional scope: write:projects/);
      await inspector.authorize();
      await inspector.shows(/required scopes were not granted/);
      await shoot('not-granted');
      await inspector.call('list_projects');
      assert.ok(!(await inspector.result(/Hydra/)).includes('Skylab'));
    },
  };
}

// What a page must have noticed of it if anything is wrong
function pageChecks({ errors, foreign }) {
  return {
    'nothing breaks in the page': async () => assert.deepEqual(errors.filter(isOurs), []),
    'the pages of the sample load nothing from elsewhere': async () =>
      assert.deepEqual(foreign.filter((one) => one.startsWith(sample)), []),
  };
}

// That a tool or a server refuses is no fault of the page, but it notes that
function isOurs(error) {
  return !/status of 40[13]/.test(error);
}

function directChecks({ page, errors }, port) {
  const checks = {};
  for (const host of ['localhost', '127.0.0.1']) {
    checks[`a page of http://${host} gets a token and calls a tool`] = async () => {
      await page.context().clearCookies();
      const identity = await whoAmI(page, `http://${host}:${port}`, endpoint, 'editor');
      assert.equal(identity.subject, 'editor');
      assert.deepEqual(identity.scopes, ['read:projects']);
      assert.match(identity.limits, /"user";r=\d+/);
    };
  }
  checks['a page of this machine sees what it is refused'] = async () =>
    assert.equal(await peek(page, `http://localhost:${port}`, endpoint), 401);
  checks['a page from elsewhere sees nothing'] = async () => {
    assert.equal(await peek(page, `http://${STRANGER}:${port}`, endpoint), 'nothing');
    assert.match(errors.splice(0).join(), /blocked by CORS policy/);
  };
  return checks;
}

let failed = 0;

async function visit(label, name, checks) {
  const user = await visitor(name, inspectors.shift());
  failed += await runChecks(label, watched(user, { ...checks(user), ...pageChecks(user) }));
  await user.close();
}

const empty = await serveEmptyPage();
await visit('Inspector page, 2025-11-25', 'legacy', (user) => ({
  ...editorChecks(user, 'legacy', 'Legacy', '2025-11-25', '3'),
  ...limitChecks(user),
}));
await visit('Inspector page, 2026-07-28', 'modern', (user) => editorChecks(user, 'modern', 'Modern', '2026-07-28', '2'));
await visit('Inspector page, viewer', 'viewer', viewerChecks);
await visit('page without a server', 'direct', (user) => directChecks(user, empty.port));
empty.close();

await browser.close();
process.exit(failed > 0 ? 1 : 0);
