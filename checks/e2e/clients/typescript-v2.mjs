// SPDX-License-Identifier: Apache-2.0

// The TypeScript client of the second generation, which speaks 2026-07-28 if told to look for it.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

import { Mailbox } from './harness.mjs';
import { CAPABILITIES, Host } from './host.mjs';
import { Wire } from './wire.mjs';

const NOTIFICATIONS = [
  'notifications/message',
  'notifications/prompts/list_changed',
  'notifications/resources/list_changed',
  'notifications/resources/updated',
  'notifications/tools/list_changed',
];

export async function connect(
  url,
  { mode, capabilities, account, wire = new Wire(), fetch = wire.fetch } = {},
) {
  const transport = new StreamableHTTPClientTransport(new URL(url), { fetch, authProvider: account });
  account?.uses((answer) => transport.finishAuth(answer));
  return { ...(await connectOver(transport, { mode, capabilities })), wire };
}

// To a server on this machine, which is started for it
export async function start(parameters, { mode } = {}) {
  return connectOver(new StdioClientTransport({ ...parameters, stderr: 'ignore' }), { mode });
}

async function connectOver(transport, { mode, capabilities = CAPABILITIES }) {
  const host = new Host();
  const notifications = new Mailbox();
  const client = new Client(
    { name: 'typescript-v2', version: '1.0.0' },
    { capabilities, versionNegotiation: mode && { mode } },
  );
  for (const [method, handler] of Object.entries(host.handlers())) {
    if (capabilities[method.split('/')[0]]) {
      client.setRequestHandler(method, handler);
    }
  }
  for (const method of NOTIFICATIONS) {
    client.setNotificationHandler(method, (notification) => notifications.put(notification));
  }
  await client.connect(transport);
  return {
    client,
    transport,
    host,
    notifications,
    call: (name, args, options, meta) => client.callTool({ name, arguments: args, _meta: meta }, options),
  };
}
