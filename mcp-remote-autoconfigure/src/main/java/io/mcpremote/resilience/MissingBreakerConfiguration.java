// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Says so where breakers are wanted and there are none.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "mcp.remote.breaker.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(BreakerGuard.class)
class MissingBreakerConfiguration {

	@Bean
	SmartInitializingSingleton mcpRemoteMissingBreakerNotice(Environment environment) {
		return () -> ResiliencePropertyChecks.warnOfMissingBreakers(environment);
	}

}
