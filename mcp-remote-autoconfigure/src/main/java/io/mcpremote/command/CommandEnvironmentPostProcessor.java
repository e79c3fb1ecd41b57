// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.command;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps an application that is to run a command from serving anything, and from writing
 * anything else where the result will be.
 *
 * @since 0.1.0
 */
public abstract class CommandEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final Map<String, Object> QUIET = Map.of("spring.main.web-application-type", "none",
			"spring.main.banner-mode", "off", "spring.main.log-startup-info", "false", "logging.threshold.console",
			"error");

	private final String command;

	private final String value;

	private final String feature;

	private final String absence;

	/**
	 * Create the post-processor.
	 * @param command the property that asks for the command
	 * @param value says what its value must be
	 * @param feature the property that switches off what the command is for
	 * @param absence says what there is not then
	 */
	protected CommandEnvironmentPostProcessor(String command, String value, String feature, String absence) {
		this.command = command;
		this.value = value;
		this.feature = feature;
		this.absence = absence;
	}

	/**
	 * Comes before the choice of a protocol, which depends on the type of the
	 * application.
	 */
	@Override
	public final int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 10;
	}

	@Override
	public final void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String asked = environment.getProperty(this.command);
		if (asked == null) {
			return;
		}
		if (asked.isBlank()) {
			throw new InvalidConfigurationPropertyValueException(this.command, asked, this.value);
		}
		for (String needed : new String[] { "mcp.remote.enabled", this.feature }) {
			if (!environment.getProperty(needed, Boolean.class, true)) {
				throw new InvalidConfigurationPropertyValueException(this.command, asked,
						this.absence + ": " + needed + " is false.");
			}
		}
		environment.getPropertySources().addFirst(new MapPropertySource("mcpRemoteCommand", QUIET));
	}

}
