// SPDX-License-Identifier: Apache-2.0

// How a client gets the tokens it needs, from being turned away to stepping up, without a person.

import assert from 'node:assert/strict';

import { Client, DpopSession, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

import { Account } from './account.mjs';
import { text } from './common-checks.mjs';
import { Wire } from './wire.mjs';

// With an id the client is known to the authorization server, without one it registers. With bound tokens it has them
// bound to a key.
export async function authorizationChecks(url, { mode, clientId, bound = false }) {
  const wire = new Wire();
  const account = Account.of('alice', {
    client: clientId && { client_id: clientId },
    session: bound && (await DpopSession.create()),
  });
  let transport;
  let client;
  const connect = async () => {
    client = new Client({ name: 'typescript-v2', version: '1.0.0' }, { versionNegotiation: mode && { mode } });
    transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: account, fetch: wire.fetch });
    await client.connect(transport);
  };
  const call = (name) => client.callTool({ name, arguments: {} });
  const requests = (path) => wire.exchanges.filter((exchange) => exchange.url.pathname === path);
  return {
    'is turned away and sent to sign in': async () => {
      await assert.rejects(connect(), UnauthorizedError);
      const { pathname } = new URL(url);
      assert.deepEqual(
        requests(`/.well-known/oauth-protected-resource${pathname}`).map(({ status }) => status),
        [200],
      );
      assert.equal(account.asked.length, 1);
      const { scope, resource, code_challenge_method, client_id } = account.asked[0];
      assert.deepEqual({ scope, resource, code_challenge_method }, {
        scope: 'read:projects',
        resource: url,
        code_challenge_method: 'S256',
      });
      assert.equal(client_id === 'public-client', clientId !== undefined);
    },
    [clientId ? 'registers nowhere' : 'registers itself']: async () => {
      assert.deepEqual(requests('/oauth2/register').map(({ status }) => status), clientId ? [] : [201]);
    },
    'connects once the user has signed in': async () => {
      await transport.finishAuth(account.answer);
      await connect();
      assert.equal(account.asked.length, 1);
    },
    'calls a tool as the user': async () => {
      assert.equal(text(await call('whoami')), 'alice [read:projects]');
      assert.equal(text(await call('list_projects')), 'apollo, gemini');
    },
    'sees tools it could step up to': async () => {
      const names = (await client.listTools()).tools.map((tool) => tool.name);
      assert.ok(names.includes('rename_project') && names.includes('publish_project'), `listed are ${names}`);
      assert.ok(!names.includes('audit_projects'), 'a tool is listed that nobody can step up to');
    },
    'is told of a missing scope and asks for it': async () => {
      await assert.rejects(call('rename_project'), UnauthorizedError);
      assert.equal(wire.exchanges.filter(({ status }) => status === 403).length, 1);
      assert.equal(account.asked.length, 2);
      assert.deepEqual(scopes(account.asked[1]), ['read:projects', 'write:projects']);
    },
    'calls the tool after stepping up': async () => {
      await transport.finishAuth(account.answer);
      assert.equal(text(await call('rename_project')), 'renamed');
      assert.equal(text(await call('whoami')), 'alice [read:projects, write:projects]');
    },
    'steps up to several scopes': async () => {
      await assert.rejects(call('publish_project'), UnauthorizedError);
      await transport.finishAuth(account.answer);
      assert.equal(text(await call('publish_project')), 'published');
      assert.deepEqual(scopes(account.asked[2]), ['publish:projects', 'read:projects', 'write:projects']);
      assert.equal(account.asked.length, 3);
    },
    'is refused what no scope gives': async () => {
      await assert.rejects(call('audit_projects'), { code: -32602 });
      assert.equal(account.asked.length, 3);
    },
    'shows its token to the endpoint alone': async () => {
      const shown = wire.exchanges.filter(({ requestHeaders }) => requestHeaders.has('authorization'));
      assert.ok(shown.length > 0);
      assert.deepEqual([...new Set(shown.map((exchange) => exchange.url.href))], [url]);
      const schemes = shown.map(({ requestHeaders }) => requestHeaders.get('authorization').split(' ')[0]);
      assert.deepEqual([...new Set(schemes)], [bound ? 'DPoP' : 'Bearer']);
    },
    'leaves': () => client.close(),
  };
}

function scopes({ scope }) {
  return scope.split(' ').sort();
}
