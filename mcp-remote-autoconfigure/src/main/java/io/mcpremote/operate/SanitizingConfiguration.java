// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the actuator shows of properties.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SanitizingFunction.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.enabled", matchIfMissing = true)
class SanitizingConfiguration {

	@Bean
	ConfiguredSecrets mcpRemoteConfiguredSecrets() {
		return new ConfiguredSecrets();
	}

}
