// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import io.mcpremote.call.StartupException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Refuses to serve the console without a login where a proxy is expected: whoever comes
 * through it looks like somebody at the machine.
 */
final class ProxyCheck {

	private static final String STRATEGY = "server.forward-headers-strategy";

	private static final String PUBLIC_URL = "mcp.remote.public-url";

	private static final String PLATFORM = "spring.main.cloud-platform";

	private static final String[] HEADERS = { "server.tomcat.remoteip.remote-ip-header",
			"server.tomcat.remoteip.protocol-header" };

	private ProxyCheck() {
	}

	static void check(Environment environment) {
		String found = expected(environment);
		if (found != null) {
			throw new StartupException(
					"The console would be open to everybody who comes through a proxy: " + found
							+ " says that there is one, and mcp.remote.console.unsecured=true asks nobody who it is.",
					"Take mcp.remote.console.unsecured away and add spring-boot-starter-security with a login of your"
							+ " choice. Or, on a developer's own machine, take away what is said of a proxy.");
		}
	}

	private static @Nullable String expected(Environment environment) {
		String strategy = environment.getProperty(STRATEGY);
		if (strategy != null && !strategy.equalsIgnoreCase("none")) {
			return STRATEGY;
		}
		for (String header : HEADERS) {
			if (StringUtils.hasText(environment.getProperty(header))) {
				return header;
			}
		}
		CloudPlatform platform = CloudPlatform.getActive(environment);
		if (strategy == null && platform != null && platform.isUsingForwardHeaders()) {
			return (environment.containsProperty(PLATFORM)) ? PLATFORM : "the platform " + platform;
		}
		String url = environment.getProperty(PUBLIC_URL);
		return (StringUtils.hasText(url) && !LoopbackAccess.isLocal(host(url))) ? PUBLIC_URL : null;
	}

	private static @Nullable String host(String url) {
		try {
			return UriComponentsBuilder.fromUriString(url).build().getHost();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
