// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the console.
 *
 * @param enabled Whether a page for operators is served.
 * @param path Path of the page within the application.
 * @param role Role that operators have, without 'ROLE_'.
 * @param unsecured Whether the page is served without a login, to the loopback interface
 * only. For applications without Spring Security, on a developer's own machine.
 * @param maxViewers Number of pages that may be open at the same time.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.console")
public record McpRemoteConsoleProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("/mcp-console") String path, @DefaultValue("MCP_OPERATOR") String role,
		@DefaultValue("false") boolean unsecured, @DefaultValue("8") int maxViewers) {

}
