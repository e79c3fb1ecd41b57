// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures what is remembered of tokens, and how to take them back.
 */
@Configuration(proxyBeanMethods = false)
class RevocationConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	TokenMemory mcpRemoteTokenMemory(McpRemoteSecurityProperties properties) {
		SecurityPropertyChecks.check(properties);
		return new TokenMemory(properties.memory(), this.clock);
	}

	@Bean
	FaultLimit mcpRemoteFaultLimit(McpRemoteSecurityProperties properties, Environment environment) {
		boolean decided = environment.getProperty("server.forward-headers-strategy") != null;
		return new FaultLimit(properties.memory().faultsPerMinute(), new ProxyHint(decided), this.clock);
	}

	@Bean
	RememberedRevocations mcpRemoteRevocations(McpRemoteSecurityProperties properties, TokenMemory memory,
			ObjectProvider<ApiKeyRepository> keys, ApplicationEventPublisher events) {
		return new RememberedRevocations(properties, memory, keys::getIfAvailable, events, this.clock);
	}

}
