// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;

import io.mcpremote.audit.ledger.AuditLedger;
import io.mcpremote.audit.ledger.McpRemoteAuditJdbcAutoConfiguration;
import io.mcpremote.audit.ledger.McpRemoteAuditLedgerAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the actuator endpoint of audit ledgers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { McpRemoteAuditLedgerAutoConfiguration.class, McpRemoteAuditJdbcAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "mcp.remote.audit.enabled", matchIfMissing = true)
public final class McpRemoteAuditEndpointAutoConfiguration {

	/**
	 * There are actuator endpoints.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnBean(AuditLedger.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint(McpAuditEndpoint.class)
		McpAuditEndpoint mcpRemoteAuditEndpoint(ObjectProvider<AuditLedger> ledgers) {
			return new McpAuditEndpoint(ledgers.orderedStream().toList(), Clock.systemUTC());
		}

	}

}
