// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Clock;

import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for calls that are made again and must not be done twice.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnBean(Policies.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.idempotency.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteIdempotencyProperties.class)
public final class McpRemoteIdempotencyAutoConfiguration {

	/**
	 * As many may wait as may run.
	 */
	private static final String PER_USER = "mcp.remote.concurrency.per-user";

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnMissingBean
	IdempotencyStore mcpRemoteIdempotencyStore(McpRemoteIdempotencyProperties properties) {
		IdempotencyPropertyChecks.check(properties);
		return new InMemoryIdempotencyStore(properties.maxSize().toBytes(), properties.maxEntrySize().toBytes(),
				this.clock);
	}

	@Bean
	IdempotencyGuard mcpRemoteIdempotencyGuard(Policies policies, IdempotencyStore store,
			ResultSnapshot.Maker snapshots, McpRemoteIdempotencyProperties properties, Environment environment) {
		IdempotencyPropertyChecks.check(properties);
		return new IdempotencyGuard(policies, new CallIdentities(properties.clientKeys()), store,
				new Outcomes(snapshots, properties.maxEntrySize().toBytes()), properties.window(),
				Binder.get(environment).bind(PER_USER, Integer.class).orElse(32));
	}

}
