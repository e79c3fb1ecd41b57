// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/**
 * Capabilities of a server whose resources can be subscribed to, which Spring AI says no
 * to. Whether a client is told so depends on whether it can.
 */
final class SubscribableCapabilities extends ServerCapabilities.Builder {

	@Override
	public ServerCapabilities.Builder resources(Boolean subscribe, Boolean listChanged) {
		return super.resources(true, listChanged);
	}

}
