// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.util.List;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.CurrentTrace;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;

import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the record of what was done and on whose behalf.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnBean(CallPolicies.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.audit.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteAuditProperties.class)
public final class McpRemoteAuditAutoConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnBooleanProperty(name = "mcp.remote.audit.logger.enabled", matchIfMissing = true)
	LoggingAuditSink mcpRemoteLoggingAuditSink() {
		return new LoggingAuditSink();
	}

	@Bean
	AuditTrail mcpRemoteAuditTrail(McpRemoteAuditProperties properties, ObjectProvider<AuditSink> sinks) {
		AuditPropertyChecks.check(properties);
		List<AuditSink> all = sinks.orderedStream().toList();
		AuditPropertyChecks.check(properties, all);
		return new AuditTrail(all, properties, this.clock);
	}

	@Bean
	AuditListener mcpRemoteAuditListener(AuditTrail trail, ObjectProvider<CurrentTrace> trace) {
		return new AuditListener(trail, new TraceIds(trace.getIfAvailable()), this.clock);
	}

	@Bean
	CallRecords mcpRemoteCallRecords(McpRemoteAuditProperties properties, Policies policies, Catalog catalog,
			ObjectProvider<Redactor> redactors, ObjectProvider<McpServerProperties> server,
			ObjectProvider<CurrentTrace> trace) {
		String version = server.stream().map(McpServerProperties::getVersion).findFirst().orElse(null);
		Redaction redaction = new Redaction(properties, policies, catalog, redactors.orderedStream().toList(), version,
				new LossLog(this.clock));
		return new CallRecords(redaction, new TraceIds(trace.getIfAvailable()), this.clock);
	}

	@Bean
	AuditGuard mcpRemoteAuditGuard(CallRecords records, AuditTrail trail) {
		return new AuditGuard(records, trail);
	}

	@Bean
	ActionGuard mcpRemoteAuditActionGuard() {
		return new ActionGuard();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "mcp.remote.audit.required")
	IntentGuard mcpRemoteAuditIntentGuard(McpRemoteAuditProperties properties) {
		return new IntentGuard(properties.maxWait());
	}

	@Bean
	AuditCount mcpRemoteAuditQueued(AuditTrail trail) {
		return AuditCount.queued(trail);
	}

	@Bean
	AuditCount mcpRemoteAuditDropped(AuditTrail trail) {
		return AuditCount.dropped(trail);
	}

}
