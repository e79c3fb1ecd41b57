// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

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

	private static final String[] NEEDED = { "org.springframework.security.web.SecurityFilterChain",
			"org.springframework.security.oauth2.jwt.JwtDecoder",
			"org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties" };

	ExposureNotice(Environment environment, @Nullable ClassLoader classLoader) {
		if (!environment.getProperty(SECURITY, Boolean.class, true)) {
			logger.warn("The MCP endpoint serves everybody who can reach it (" + SECURITY + "=false)");
		}
		else {
			checkClassPath(classLoader);
		}
		if (environment.getProperty(PUBLIC_URL) == null) {
			logger.warn(PUBLIC_URL + " is not set: the MCP endpoint can be used on the loopback interface only");
		}
	}

	private static void checkClassPath(@Nullable ClassLoader classLoader) {
		for (String name : NEEDED) {
			if (!ClassUtils.isPresent(name, classLoader)) {
				throw new StartupException(
						"The MCP endpoint cannot authenticate callers: " + name + " is not on the class path.",
						"Depend on mcp-remote-starter, which brings it, or set " + SECURITY
								+ "=false to serve everybody who can reach the endpoint.");
			}
		}
	}

}
