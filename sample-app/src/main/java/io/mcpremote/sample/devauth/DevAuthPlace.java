// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.net.URI;
import java.util.Arrays;

import io.mcpremote.call.StartupException;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

/**
 * Makes sure that nobody but whoever sits at this machine reaches the development
 * authorization server.
 */
final class DevAuthPlace {

	private DevAuthPlace() {
	}

	static void check(Environment environment) {
		String url = environment.getRequiredProperty("mcp.remote.public-url");
		if (!Loopback.isLoopback(URI.create(url).getHost())) {
			throw refused("mcp.remote.public-url is " + url);
		}
		String address = environment.getRequiredProperty("server.address");
		if (!Loopback.isLoopback(address)) {
			throw refused("server.address is " + address);
		}
		// Then whoever comes through a tunnel could say to be at this machine
		String strategy = environment.getProperty("server.forward-headers-strategy", "none");
		if (strategy.equalsIgnoreCase("framework")) {
			throw refused("server.forward-headers-strategy is " + strategy);
		}
		Arrays.stream(CloudPlatform.values())
			.filter((platform) -> platform != CloudPlatform.NONE)
			.filter((platform) -> platform.isEnforced(environment) || platform.isDetected(environment))
			.findFirst()
			.ifPresent((platform) -> {
				throw refused("this is " + platform);
			});
	}

	private static StartupException refused(String reason) {
		return new StartupException(
				"The development authorization server, whose passwords everybody knows, does not start here: " + reason
						+ ".",
				"Use it on your own machine only, with a public URL on the loopback interface. Everywhere else have"
						+ " tokens from an authorization server of your own: --spring.profiles.active=keycloak, with the"
						+ " issuer in spring.security.oauth2.resourceserver.jwt.issuer-uri.");
	}

}
