// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.time.Clock;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;

import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for results of tools that are remembered.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnClass(Caffeine.class)
@ConditionalOnBean(Policies.class)
public final class McpRemoteCacheAutoConfiguration {

	/**
	 * Is there also when nothing is remembered, since the application needs it.
	 */
	@Bean
	ResultCache mcpRemoteResultCache(ObjectProvider<ResultStore> store) {
		return new ResultCache(store.getIfAvailable());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "mcp.remote.cache.enabled", matchIfMissing = true)
	@EnableConfigurationProperties(McpRemoteCacheProperties.class)
	static class RememberingConfiguration {

		/**
		 * As many may wait as may run.
		 */
		private static final String PER_USER = "mcp.remote.concurrency.per-user";

		private final Clock clock = Clock.systemUTC();

		@Bean
		@ConditionalOnMissingBean
		ResultStore mcpRemoteResultStore(McpRemoteCacheProperties properties) {
			CachePropertyChecks.check(properties);
			return new InMemoryResultStore(properties.maxSize().toBytes(), properties.maxEntrySize().toBytes(),
					this.clock);
		}

		@Bean
		CacheGuard mcpRemoteCacheGuard(Policies policies, Catalog catalog, AnnotatedTargets targets, ResultCache cache,
				ResultStore store, ResultSnapshot.Maker snapshots, ObjectProvider<CallerAuthorities> authorities,
				ObjectProvider<McpServerProperties> server, Environment environment) {
			String version = server.stream().map(McpServerProperties::getVersion).findFirst().orElse("");
			Results results = new Results(store, snapshots, this.clock);
			return new CacheGuard(policies, new CacheableTools(catalog, targets, cache),
					new ResultKeys(version, authorities.getIfAvailable(() -> Set::of)), results,
					new RememberedCalls(results, Binder.get(environment).bind(PER_USER, Integer.class).orElse(32)));
		}

		@Bean
		CacheCheck mcpRemoteCacheCheck(Catalog catalog, Policies policies, AnnotatedTargets targets) {
			return new CacheCheck(catalog, policies, targets);
		}

		@Bean
		@ConditionalOnClass(name = "org.springframework.security.core.context.SecurityContextHolder")
		CallerAuthorities mcpRemoteCallerAuthorities() {
			return CallerAuthorities.ofSecurityContext();
		}

	}

}
