// SPDX-License-Identifier: Apache-2.0

// The TypeScript client of the first generation, in any of the releases installed: each asks for the newest revision
// of its time.

import { Mailbox } from './harness.mjs';
import { CAPABILITIES, Host } from './host.mjs';
import { Wire } from './wire.mjs';

export async function connect(url, { release = '@modelcontextprotocol/sdk' } = {}) {
  const { Client } = await import(`${release}/client/index.js`);
  const { StreamableHTTPClientTransport } = await import(`${release}/client/streamableHttp.js`);
  const types = await import(`${release}/types.js`);
  const wire = new Wire();
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
  const transport = new StreamableHTTPClientTransport(new URL(url), { fetch: wire.fetch });
  await client.connect(transport);
  return {
    client,
    transport,
    wire,
    host,
    notifications,
    call: (name, args, options, meta) =>
      client.callTool({ name, arguments: args, _meta: meta }, types.CallToolResultSchema, options),
  };
}
