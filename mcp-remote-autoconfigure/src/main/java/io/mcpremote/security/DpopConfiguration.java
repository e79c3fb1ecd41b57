// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;

import io.mcpremote.wire.EndpointLocation;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures what tokens need that are bound to a key.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "mcp.remote.security.dpop.enabled", matchIfMissing = true)
class DpopConfiguration {

	@Bean
	DpopProofs mcpRemoteDpopProofs(McpRemoteSecurityProperties properties, EndpointLocation location,
			ObjectProvider<UsedProofs> used) {
		Clock clock = Clock.systemUTC();
		SecurityPropertyChecks.checkDpop(properties.dpop());
		return new DpopProofs(properties.dpop(), location,
				used.getIfAvailable(() -> new InMemoryUsedProofs(properties.dpop().maxProofs(), clock)), clock);
	}

}
