// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * Tells whoever sits at the machine where the console is that has no login.
 */
final class UnsecuredNotice {

	private static final Log logger = LogFactory.getLog(UnsecuredNotice.class);

	private final LoopbackAccess access;

	private final McpRemoteConsoleProperties properties;

	private final Environment environment;

	UnsecuredNotice(LoopbackAccess access, McpRemoteConsoleProperties properties, Environment environment) {
		this.access = access;
		this.properties = properties;
		this.environment = environment;
	}

	@EventListener(ApplicationReadyEvent.class)
	void onReady() {
		logger.warn("The console is open to whoever is on this machine and knows this address: http://localhost:"
				+ this.environment.getProperty("local.server.port", "8080")
				+ this.environment.getProperty("server.servlet.context-path", "") + this.properties.path() + "?"
				+ this.access.query());
	}

}
