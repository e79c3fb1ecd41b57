// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps an application that is to verify audit records from serving anything, and from
 * writing anything else where the report will be.
 */
final class AuditVerifyEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String VERIFY = "mcp.remote.audit.verify";

	/**
	 * Stands for the table.
	 */
	static final String JDBC = "jdbc";

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
		String where = environment.getProperty(VERIFY);
		if (where == null) {
			return;
		}
		if (where.isBlank()) {
			throw new InvalidConfigurationPropertyValueException(VERIFY, where,
					"It must name a directory, a file or 'jdbc'.");
		}
		for (String needed : new String[] { "mcp.remote.enabled", "mcp.remote.audit.enabled" }) {
			if (!environment.getProperty(needed, Boolean.class, true)) {
				throw new InvalidConfigurationPropertyValueException(VERIFY, where,
						"No audit records are kept here: " + needed + " is false.");
			}
		}
		environment.getPropertySources().addFirst(new MapPropertySource("mcpRemoteAuditVerify", QUIET));
	}

}
