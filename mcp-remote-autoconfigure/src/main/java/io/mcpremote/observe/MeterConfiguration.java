// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.call.ServerCount;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters beside the durations of calls.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(KnownTargets.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
class MeterConfiguration {

	@Bean
	static DurationBuckets mcpRemoteDurationBuckets() {
		return new DurationBuckets();
	}

	@Bean
	CallOutcomeMeters mcpRemoteCallOutcomeMeters(MeterRegistry registry) {
		return new CallOutcomeMeters(registry);
	}

	@Bean
	EventMeters mcpRemoteEventMeters(MeterRegistry registry, KnownTargets targets, CallOutcomeMeters outcomes) {
		return new EventMeters(registry, targets, outcomes);
	}

	@Bean
	ServerCountMeters mcpRemoteServerCountMeters(ObjectProvider<ServerCount> counts) {
		return new ServerCountMeters(counts);
	}

}
