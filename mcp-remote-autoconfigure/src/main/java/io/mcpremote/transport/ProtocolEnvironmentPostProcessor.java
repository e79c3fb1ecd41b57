// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Locale;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Chooses the protocol for which Spring AI builds its server, since without a choice it
 * builds one that nothing here can serve, and refuses choices that cannot work.
 */
final class ProtocolEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String PROTOCOL = "spring.ai.mcp.server.protocol";

	private static final String STREAMABLE = "STREAMABLE";

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		// The application itself looks at the property only later
		WebApplicationType type = Binder.get(environment)
			.bind("spring.main.web-application-type", WebApplicationType.class)
			.orElseGet(application::getWebApplicationType);
		if (type != WebApplicationType.SERVLET || !RemoteServer.isWanted(environment)) {
			return;
		}
		String chosen = environment.getProperty(PROTOCOL);
		if (chosen == null) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("mcpRemoteDefaults", Map.of(PROTOCOL, STREAMABLE)));
		}
		else if (!STREAMABLE.equals(chosen.strip().toUpperCase(Locale.ROOT))) {
			throw new InvalidConfigurationPropertyValueException(PROTOCOL, chosen,
					"The remote MCP server serves Streamable HTTP, statelessly unless told otherwise. Remove the"
							+ " property or set it to STREAMABLE; or set mcp.remote.enabled to false to have Spring AI's"
							+ " own transports.");
		}
	}

}
