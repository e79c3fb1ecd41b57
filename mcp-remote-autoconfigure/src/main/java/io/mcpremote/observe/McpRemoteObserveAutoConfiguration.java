// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for metrics and traces of calls, and for what log lines say of
 * them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class,
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@ConditionalOnBean(Policies.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.observe.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteObserveProperties.class)
@Import({ LogContextConfiguration.class, ObservationConfiguration.class, MeterConfiguration.class,
		TracingConfiguration.class })
public final class McpRemoteObserveAutoConfiguration {

}
