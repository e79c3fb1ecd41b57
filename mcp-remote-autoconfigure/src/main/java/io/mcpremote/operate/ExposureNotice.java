// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import io.mcpremote.call.StartupException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Says at start-up who can reach the endpoint, where that is more or less than an
 * operator may think.
 */
final class ExposureNotice {

	private static final Log logger = LogFactory.getLog(ExposureNotice.class);

	private static final String SECURITY = "mcp.remote.security.enabled";

	private static final String PUBLIC_URL = "mcp.remote.public-url";

	private static final String RATE_LIMIT = "mcp.remote.rate-limit.enabled";

	private static final List<String> NEEDED_FOR_SECURITY = List.of(
			"org.springframework.security.web.SecurityFilterChain",
			"org.springframework.security.oauth2.jwt.JwtDecoder",
			"org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties");

	private static final List<String> NEEDED_FOR_LIMITS = List.of("io.github.bucket4j.Bucket",
			"com.github.benmanes.caffeine.cache.Caffeine");

	private ExposureNotice() {
	}

	static void give(Environment environment, @Nullable ClassLoader classLoader) {
		if (environment.getProperty(SECURITY, Boolean.class, true)) {
			check(classLoader, NEEDED_FOR_SECURITY, "authenticate callers",
					SECURITY + "=false to serve everybody who can reach the endpoint");
		}
		else {
			logger.warn("The MCP endpoint serves everybody who can reach it (" + SECURITY + "=false)");
		}
		if (environment.getProperty(RATE_LIMIT, Boolean.class, true)) {
			check(classLoader, NEEDED_FOR_LIMITS, "limit what callers may ask for",
					RATE_LIMIT + "=false to let them ask for as much as they like");
		}
		if (environment.getProperty(PUBLIC_URL) == null) {
			logger.warn(PUBLIC_URL + " is not set: the MCP endpoint can be used on the loopback interface only");
		}
	}

	private static void check(@Nullable ClassLoader classLoader, List<String> needed, String purpose,
			String otherwise) {
		for (String name : needed) {
			if (!ClassUtils.isPresent(name, classLoader)) {
				throw new StartupException(
						"The MCP endpoint cannot " + purpose + ": " + name + " is not on the class path.",
						"Depend on mcp-remote-starter, which brings it, or set " + otherwise + ".");
			}
		}
	}

}
