// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import org.springframework.core.env.Environment;

/**
 * Knows whether an application wants its MCP server to be a remote one.
 */
final class RemoteServer {

	static final String ENABLED = "mcp.remote.enabled";

	static final String SERVER_ENABLED = "spring.ai.mcp.server.enabled";

	static final String STDIO = "spring.ai.mcp.server.stdio";

	private RemoteServer() {
	}

	static boolean isWanted(Environment environment) {
		return environment.getProperty(ENABLED, Boolean.class, true)
				&& environment.getProperty(SERVER_ENABLED, Boolean.class, true)
				&& !environment.getProperty(STDIO, Boolean.class, false);
	}

}
