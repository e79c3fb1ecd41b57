// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps an application that is to mint a key from serving anything, and from writing
 * anything else where the key will be.
 */
final class ApiKeyMintEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String MINT = "mcp.remote.security.api-key.mint";

	private static final Map<String, Object> QUIET = Map.of("spring.main.web-application-type", "none",
			"spring.main.banner-mode", "off", "spring.main.log-startup-info", "false", "logging.threshold.console",
			"error");

	/**
	 * Comes before the choice of a protocol, which depends on the type of the
	 * application.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 10;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String owner = environment.getProperty(MINT);
		if (owner == null) {
			return;
		}
		if (owner.isBlank()) {
			throw new InvalidConfigurationPropertyValueException(MINT, owner, "It must name the owner of the new key.");
		}
		for (String needed : new String[] { "mcp.remote.enabled", "mcp.remote.security.enabled" }) {
			if (!environment.getProperty(needed, Boolean.class, true)) {
				throw new InvalidConfigurationPropertyValueException(MINT, owner,
						"No API keys are used here: " + needed + " is false.");
			}
		}
		environment.getPropertySources().addFirst(new MapPropertySource("mcpRemoteMint", QUIET));
	}

}
