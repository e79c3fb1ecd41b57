// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.mcpremote.audit.ledger.AuditLedger;
import io.mcpremote.call.Catalog;
import io.mcpremote.security.JdbcApiKeyStore;
import io.mcpremote.security.KeySets;
import io.mcpremote.transport.McpRemoteTransportAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The health of the server, in parts for different questions: whether to send this
 * replica calls, whether to restart it, and whether what all replicas share is there.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(McpRemoteTransportAutoConfiguration.class)
class HealthConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnEnabledHealthIndicator("mcp")
	@ConditionalOnMissingBean(name = "mcpHealthContributor")
	CompositeHealthContributor mcpHealthContributor(ObjectProvider<StuckCallsLiveness> stuck, DrainGuard drain,
			Catalog catalog, ObjectProvider<KeySets> keys, ObjectProvider<StoreProbe> probes) {
		// No thread while nobody asks, and not more than there are probes
		ThreadPoolExecutor executor = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS,
				new SynchronousQueue<>(), HealthConfiguration::daemon);
		List<StoreProbe> stores = probes.orderedStream().toList();
		List<KeySets> issuers = keys.orderedStream().toList();
		Map<String, HealthIndicator> parts = new LinkedHashMap<>();
		parts.put("liveness", new ServerLiveness(stuck.getIfAvailable()));
		parts.put("readiness", new ServerReadiness(drain, catalog));
		if (!stores.isEmpty()) {
			parts.put("stores", new StoresHealth(new ProbedStores(stores, executor, this.clock)));
		}
		if (!issuers.isEmpty()) {
			parts.put("keys", new KeysHealth(issuers));
		}
		return CompositeHealthContributor.fromMap(parts);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "mcp-remote-probe");
		thread.setDaemon(true);
		return thread;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcTemplate.class)
	static class ApiKeyConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("mcp")
		@ConditionalOnBean(JdbcApiKeyStore.class)
		StoreProbe mcpRemoteApiKeyProbe(JdbcApiKeyStore store) {
			return new ApiKeyProbe(store);
		}

	}

	/**
	 * Calls depend on a ledger only if nothing is to be done without a record.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(AuditLedger.class)
	@ConditionalOnBooleanProperty("mcp.remote.audit.required")
	static class LedgerConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("mcp")
		StoreProbe mcpRemoteLedgerProbe(ObjectProvider<AuditLedger> ledgers) {
			return new LedgerProbe(ledgers.orderedStream().toList());
		}

	}

}
