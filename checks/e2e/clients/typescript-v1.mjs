// SPDX-License-Identifier: Apache-2.0

// The TypeScript client of the first generation, in any of the releases installed: each asks for the newest revision
// of its time.

import { Mailbox } from './harness.mjs';
import { CAPABILITIES, Host } from './host.mjs';
import { Wire } from './wire.mjs';

const NEWEST = '@modelcontextprotocol/sdk';

export async function connect(
  url,
  { release = NEWEST, account, wire = new Wire(), fetch = wire.fetch } = {},
) {
  const { StreamableHTTPClientTransport } = await import(`${release}/client/streamableHttp.js`);
  const transport = new StreamableHTTPClientTransport(new URL(url), { fetch, authProvider: account });
  account?.uses((answer) => transport.finishAuth(answer.get('code')));
  return { ...(await connectOver(transport, release)), wire };
}

// To a server on this machine, which is started for it
export async function start(parameters) {
  const { StdioClientTransport } = await import(`${NEWEST}/client/stdio.js`);
  return connectOver(new StdioClientTransport({ ...parameters, stderr: 'ignore' }), NEWEST);
}

async function connectOver(transport, release) {
  const { Client } = await import(`${release}/client/index.js`);
  const types = await import(`${release}/types.js`);
  const host = new Host();
  const notifications = new Mailbox();
  const client = new Client({ name: 'typescript-v1', version: '1.0.0' }, { capabilities: CAPABILITIES });
  const handlers = host.handlers();
  for (const schema of [types.ElicitRequestSchema, types.CreateMessageRequestSchema, types.ListRootsRequestSchema]) {
    // Clients of 2025-03-26 know nothing of elicitation
    if (schema) {
      client.setRequestHandler(schema, handlers[schema.shape.method.value]);
    }
  }
  for (const schema of [
    types.LoggingMessageNotificationSchema,
    types.PromptListChangedNotificationSchema,
    types.ResourceListChangedNotificationSchema,
    types.ResourceUpdatedNotificationSchema,
    types.ToolListChangedNotificationSchema,
  ]) {
    client.setNotificationHandler(schema, (notification) => notifications.put(notification));
  }
  await client.connect(transport);
  return {
    client,
    transport,
    host,
    notifications,
    call: (name, args, options, meta) =>
      client.callTool({ name, arguments: args, _meta: meta }, types.CallToolResultSchema, options),
  };
}
