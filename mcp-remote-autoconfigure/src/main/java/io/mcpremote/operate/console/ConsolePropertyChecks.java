// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.util.regex.Pattern;

import io.mcpremote.call.StartupException;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Refuses settings of the console that cannot work, or would open it to everybody.
 */
final class ConsolePropertyChecks {

	private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

	private static final String PREFIX = "mcp.remote.console.";

	private ConsolePropertyChecks() {
	}

	/**
	 * Check settings.
	 * @param properties the settings
	 * @param endpoint the path of the MCP endpoint
	 */
	static void check(McpRemoteConsoleProperties properties, String endpoint) {
		String path = properties.path();
		if (!PATH.matcher(path).matches() || path.contains("/.")) {
			throw invalid("path", path, "It must begin with '/', not end with one, and hold letters, digits, '.', '_',"
					+ " '~' and '-' only, such as /mcp-console.");
		}
		if (path.equals(endpoint) || endpoint.startsWith(path + "/")) {
			throw invalid("path", path, "It must be another path than that of the MCP endpoint, which is " + endpoint
					+ ", and not lie above it.");
		}
		if (properties.role().isBlank() || properties.role().startsWith("ROLE_")) {
			throw invalid("role", properties.role(), "It must name a role, without 'ROLE_'.");
		}
		if (properties.maxViewers() < 1) {
			throw invalid("max-viewers", properties.maxViewers(), "It must be at least 1.");
		}
	}

	/**
	 * Check that somebody asks who opens the page.
	 * @param properties the settings
	 * @param login whether the application has Spring Security in front of it
	 */
	static void check(McpRemoteConsoleProperties properties, boolean login) {
		if (!login && !properties.unsecured()) {
			throw new StartupException(
					"The console at " + properties.path()
							+ " would be open to everybody: this application has no Spring"
							+ " Security filter chain that asks who opens it.",
					"Add spring-boot-starter-security and a login of your choice, with the role " + properties.role()
							+ " for operators. On a developer's own machine set " + PREFIX
							+ "unsecured=true, which serves the loopback interface only. Or switch the console off ("
							+ PREFIX + "enabled=false).");
		}
		if (login && properties.unsecured()) {
			throw invalid("unsecured", true, "This application has Spring Security, whose login the console stands"
					+ " behind. Take the property away, and give yourself the role " + properties.role() + ".");
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, Object value, String reason) {
		return new InvalidConfigurationPropertyValueException(PREFIX + name, value, reason);
	}

}
