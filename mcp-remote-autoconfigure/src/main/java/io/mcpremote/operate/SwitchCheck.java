// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Refuses switches that are neither on nor off. Conditions take everything but
 * {@code true} for off, also what looks like on: {@code mcp.remote.security.enabled=yes}
 * would leave the endpoint open.
 */
final class SwitchCheck implements BeanFactoryPostProcessor, EnvironmentAware {

	/**
	 * All that conditions look at.
	 */
	static final List<String> SWITCHES = List.of("mcp.remote.audit.enabled", "mcp.remote.audit.jdbc.enabled",
			"mcp.remote.audit.logger.enabled", "mcp.remote.audit.required", "mcp.remote.breaker.enabled",
			"mcp.remote.cache.enabled", "mcp.remote.concurrency.enabled", "mcp.remote.confirm.enabled",
			"mcp.remote.console.enabled", "mcp.remote.console.unsecured", "mcp.remote.deadline.enabled",
			"mcp.remote.enabled", "mcp.remote.idempotency.enabled", "mcp.remote.lifecycle.enabled",
			"mcp.remote.observe.enabled", "mcp.remote.output.enabled", "mcp.remote.rate-limit.enabled",
			"mcp.remote.security.dpop.enabled", "mcp.remote.security.enabled", "mcp.remote.security.metadata-mirror",
			"mcp.remote.sessions.enabled");

	@SuppressWarnings("NullAway.Init") // Set before it is used
	private Environment environment;

	@Override
	public void setEnvironment(Environment newEnvironment) {
		this.environment = newEnvironment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String name : SWITCHES) {
			String value = this.environment.getProperty(name);
			if (value != null && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
				throw new InvalidConfigurationPropertyValueException(name, value, "It must be true or false.");
			}
		}
	}

}
