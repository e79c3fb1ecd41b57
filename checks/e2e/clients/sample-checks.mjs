// SPDX-License-Identifier: Apache-2.0

// The sample as its users meet it: from being turned away to calling every kind of tool, each as far as their account
// goes. What is done to the server here is not undone, so that each client needs one of its own.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { Account, isUnauthorized, REDIRECT_URI } from './account.mjs';
import { failureText, text } from './common-checks.mjs';
import { eventually, Mailbox } from './harness.mjs';
import { Operator } from './operator.mjs';
import { SAMPLE_TOOLS } from './sample-tools.mjs';
import { heeding, Wire } from './wire.mjs';

const REPORTS_PER_HOUR = 5;

// One in three seconds is what the server is started with, so that the second of them is one too many
const MOST_SEARCHES = 20;

// Longer than any check waits
const LONG = { seconds: 600 };

export function sampleChecks(url, open, revision) {
  const wire = new Wire();
  const editor = Account.of('editor');
  const viewer = Account.of('viewer');
  const operator = new Operator(url);
  let peer;
  let viewing;
  let project;
  const connect = async () => {
    peer = await open({ account: editor, wire });
  };
  const call = (name, args, options) => asUser(editor, () => peer.call(name, args, options));
  const requests = (path) => wire.exchanges.filter((exchange) => exchange.url.pathname === path);
  const listed = async () => projects(await call('list_projects', {}));
  return {
    'is turned away and sent to sign in': async () => {
      await assert.rejects(connect(), isUnauthorized);
      assert.equal(requests('/mcp')[0].status, 401);
      for (const path of ['oauth-protected-resource/mcp', 'oauth-authorization-server']) {
        assert.deepEqual(requests(`/.well-known/${path}`).map(({ status }) => status), [200], path);
      }
      assert.equal(editor.asked.length, 1);
      const { scope, resource, code_challenge_method } = editor.asked[0];
      assert.deepEqual({ scope, resource, code_challenge_method }, {
        scope: 'read:projects',
        resource: url,
        code_challenge_method: 'S256',
      });
    },
    'registers itself': async () => {
      assert.deepEqual(requests('/oauth2/register').map(({ status }) => status), [201]);
    },
    [`connects with ${revision} once its user has signed in`]: async () => {
      await editor.comeBack();
      await connect();
      assert.equal(editor.asked.length, 1);
      assert.equal(revisionOf(peer), revision);
    },
    'calls as its user': async () => {
      const { subject, tenant, client, scopes } = JSON.parse(text(await peer.call('whoami', {})));
      assert.deepEqual({ subject, tenant, scopes }, { subject: 'editor', tenant: 'acme', scopes: ['read:projects'] });
      assert.equal(client, editor.asked[0].client_id);
    },
    'lists all tools, of which one is deprecated': async () => {
      const { tools } = await peer.client.listTools();
      assert.deepEqual(tools.map(({ name }) => name).sort(), SAMPLE_TOOLS);
      const deprecated = tools.filter(({ description }) => description.startsWith('Deprecated since 1.1.0'));
      assert.deepEqual(deprecated.map(({ name }) => name), ['search_contacts']);
      assert.match(deprecated[0].description, /'search_contacts_v2'/);
    },
    'lists the projects of its tenant': async () => {
      assert.deepEqual((await listed()).map(({ id }) => id), ['1', '2', '3']);
    },
    'is told of a missing scope and asks for it': async () => {
      await assert.rejects(peer.call('create_project', { name: 'Skylab', budget: 77.5 }), isUnauthorized);
      assert.equal(requests('/mcp').filter(({ status }) => status === 403).length, 1);
      assert.equal(editor.asked.length, 2);
      assert.deepEqual(editor.asked[1].scope.split(' ').sort(), ['read:projects', 'write:projects']);
    },
    'creates a project after stepping up': async () => {
      await editor.comeBack();
      project = JSON.parse(text(await peer.call('create_project', { name: 'Skylab', budget: 77.5 })));
      assert.equal(project.name, 'Skylab');
      const names = (await listed()).map(({ name }) => name);
      assert.deepEqual(names, ['Apollo', 'Gemini', 'Mercury', 'Skylab']);
      assert.equal(editor.asked.length, 2);
    },
    'deletes no project if its user declines': async () => {
      peer.host.declineNext();
      const result = await call('delete_project', { id: project.id });
      assert.equal(result.isError, true);
      assert.match(failureText(result), /^Not run:/);
      assert.deepEqual(peer.host.takeQuestions(), [`Delete project ${project.id}?`]);
      assert.ok((await listed()).some(({ id }) => id === project.id));
    },
    'deletes a project if its user confirms': async () => {
      assert.equal(text(await call('delete_project', { id: project.id })), `Project ${project.id} is deleted.`);
      assert.deepEqual(peer.host.takeQuestions(), [`Delete project ${project.id}?`]);
      assert.ok((await listed()).every(({ id }) => id !== project.id));
    },
    'follows the progress of a report': async () => {
      const reports = new Mailbox();
      const onprogress = (report) => reports.put(report);
      assert.match(text(await call('generate_report', { projectId: '1' }, { onprogress })), /^# Apollo/);
      await reports.atLeast(3, 'fewer than 3 reports');
      assert.deepEqual(
        reports.letters.map(({ progress, total, message }) => `${progress}/${total} ${message}`),
        ['1/3 Reading the project', '2/3 Counting contacts', '3/3 Written'],
      );
    },
    'is told when there may be more reports': async () => {
      for (let report = 1; report < REPORTS_PER_HOUR; report++) {
        assert.match(text(await call('generate_report', { projectId: '2' })), /^# Gemini/);
      }
      await assert.rejects(call('generate_report', { projectId: '2' }), (error) => {
        const { code, data } = JSON.parse(error.message.slice(error.message.indexOf('{'))).error;
        assert.equal(code, 1429);
        assert.equal(data.level, 'tool');
        const { status, responseHeaders } = requests('/mcp').at(-1);
        assert.equal(status, 429);
        assert.equal(Number(responseHeaders.get('retry-after')), data.retryAfter);
        assert.ok(data.retryAfter > 3000 && data.retryAfter <= 3600, `${data.retryAfter} seconds`);
        return true;
      });
    },
    'searches on after waiting as long as it is told to': async () => {
      const patient = await open({ account: editor, wire, fetch: heeding(wire.fetch) });
      const before = wire.exchanges.length;
      const searches = () => wire.exchanges.slice(before).filter(({ message }) => message?.method === 'tools/call');
      const statuses = () => searches().map(({ status }) => status);
      const search = () => patient.call('search_contacts_v2', { query: 'hop' });
      while (!statuses().includes(429)) {
        assert.ok(searches().length < MOST_SEARCHES, 'there was no 429');
        assert.match(text(await asUser(editor, search)), /Grace Hopper/);
      }
      assert.deepEqual(statuses().slice(-2), [429, 200]);
      await patient.client.close();
    },
    'may still use what is deprecated': async () => {
      assert.match(text(await call('search_contacts', { query: 'hop' })), /Grace Hopper/);
    },
    'reads a project by its URI': async () => {
      const { resourceTemplates } = await peer.client.listResourceTemplates();
      assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate), ['project://{id}']);
      const [{ text: words }] = (await peer.client.readResource({ uri: 'project://2' })).contents;
      assert.match(words, /Gemini/);
      await assert.rejects(peer.client.readResource({ uri: 'project://5' }), isNotFound);
    },
    'gets a prompt about its projects': async () => {
      const words = await weeklyStatus(peer);
      assert.match(words, /Apollo/);
      assert.doesNotMatch(words, /Hydra/);
    },
    'takes back a call that says nothing': () => takesBack(peer, operator, async () => {}),
    'takes back a call whose progress it follows': async () => {
      const reports = new Mailbox();
      const begun = () => reports.atLeast(1, 'no progress');
      await takesBack(peer, operator, begun, { onprogress: (report) => reports.put(report) });
    },
    'calls on after taking calls back': async () => {
      assert.equal(text(await call('export_archive', { seconds: 0 })), 'The archive has 3 projects.');
    },
    'was sent to sign in once for each scope': async () => {
      const asked = editor.asked.map(({ scope }) => scope.split(' ').length);
      assert.deepEqual(asked, [1, 2, 3, 4]);
    },
    'sees as another user what is of that tenant': async () => {
      await assert.rejects(open({ account: viewer, wire }), isUnauthorized);
      await viewer.comeBack();
      viewing = await open({ account: viewer, wire });
      assert.deepEqual(projects(await viewing.call('list_projects', {})).map(({ id }) => id), ['4', '5', '6']);
      assert.equal(JSON.parse(text(await viewing.call('whoami', {}))).tenant, 'globex');
    },
    'sees as another user nothing of the first': async () => {
      const result = await viewing.call('get_project', { id: '1' });
      assert.equal(result.isError, true);
      assert.equal(failureText(result), 'There is no project 1.');
      await assert.rejects(viewing.client.readResource({ uri: 'project://1' }), isNotFound);
      const words = await weeklyStatus(viewing);
      assert.match(words, /Hydra/);
      assert.doesNotMatch(words, /Apollo|Gemini|Mercury/);
    },
    'steps up no further than its user may': async () => {
      await assert.rejects(viewing.call('create_project', { name: 'Skylab' }), isUnauthorized);
      await viewer.comeBack();
      await assert.rejects(viewing.call('create_project', { name: 'Skylab' }));
      assert.deepEqual(JSON.parse(text(await viewing.call('whoami', {}))).scopes, ['read:projects']);
      assert.equal(projects(await viewing.call('list_projects', {})).length, 3);
      await viewing.client.close();
    },
    'shows its tokens to the endpoint alone': async () => {
      const shown = wire.exchanges.filter(({ requestHeaders }) => requestHeaders.has('authorization'));
      assert.deepEqual([...new Set(shown.map((exchange) => exchange.url.href))], [url]);
    },
    'leaves': () => peer.client.close(),
  };
}

// Clients that have published who they are and register nowhere
export function publishedChecks(url, open) {
  const wire = new Wire();
  const registrations = () => wire.exchanges.filter((exchange) => exchange.url.pathname === '/oauth2/register');
  return {
    // Only documents at https URLs are used by the clients, and none that is reachable here is read by the server
    'calls itself by the URL of its document': async () => {
      const clientMetadataUrl = 'https://client.example/client.json';
      const account = new Account({ open: async () => new URLSearchParams() }, { clientMetadataUrl });
      await assert.rejects(open({ account, wire }), isUnauthorized);
      assert.deepEqual(account.asked.map(({ client_id }) => client_id), [clientMetadataUrl]);
      assert.deepEqual(registrations(), []);
    },
    'signs in as the client that its document describes': async () => {
      const document = await publish();
      try {
        const account = Account.of('editor', { client: { client_id: document.url } });
        await assert.rejects(open({ account, wire }), isUnauthorized);
        await account.comeBack();
        const { client, call } = await open({ account, wire });
        assert.equal(JSON.parse(text(await call('whoami', {}))).client, document.url);
        assert.deepEqual(registrations(), []);
        assert.ok(document.reads > 0, 'nobody has read the document');
        await client.close();
      } finally {
        document.close();
      }
    },
  };
}

// As hosts do: the user signs in where a token is not enough, and the call is made again
async function asUser(account, call) {
  try {
    return await call();
  } catch (error) {
    if (!isUnauthorized(error)) {
      throw error;
    }
    await account.comeBack();
    return call();
  }
}

function projects(result) {
  return JSON.parse(text(result));
}

async function weeklyStatus({ client }) {
  const { messages } = await client.getPrompt({ name: 'weekly_status' });
  assert.equal(messages.length, 1);
  return messages[0].content.text;
}

async function takesBack({ call }, operator, begun, options) {
  const cancelled = await operator.cancelledCalls('export_archive');
  const caller = new AbortController();
  const outcome = call('export_archive', LONG, { ...options, signal: caller.signal }).then(text, String);
  await eventually(async () => (await operator.callsUnderWay()) === 1, 'the call had not begun');
  await begun();
  caller.abort('not needed any more');
  assert.match(await outcome, /not needed any more/);
  // The tool would go on for minutes, were its thread not interrupted
  await eventually(async () => (await operator.callsUnderWay()) === 0, 'the call was still under way');
  assert.equal(await operator.cancelledCalls('export_archive'), cancelled + 1);
  assert.equal(await operator.abandonedCalls(), 0);
}

// The second generation of the client translates the code of 2025-11-25 into that of 2026-07-28
function isNotFound({ code }) {
  return code === -32002 || code === -32602;
}

// Clients of the first generation tell by their transport alone
function revisionOf({ client, transport }) {
  return client.getNegotiatedProtocolVersion?.() ?? transport.protocolVersion;
}

async function publish() {
  const document = { reads: 0, close: () => server.close() };
  const server = createServer((_, response) => {
    document.reads++;
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        client_id: document.url,
        client_name: 'published',
        redirect_uris: [REDIRECT_URI],
        token_endpoint_auth_method: 'none',
      }),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  document.url = `http://127.0.0.1:${server.address().port}/client.json`;
  return document;
}
