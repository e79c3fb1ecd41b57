// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.call.ServerCount;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Shows what parts of the server keep count of.
 */
final class ServerCountMeters implements MeterBinder {

	private final ObjectProvider<ServerCount> counts;

	ServerCountMeters(ObjectProvider<ServerCount> counts) {
		this.counts = counts;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.counts.orderedStream().forEach((count) -> bind(registry, count));
	}

	private static void bind(MeterRegistry registry, ServerCount count) {
		if (count.isTotal()) {
			FunctionCounter.builder(count.meter(), count, ServerCount::count)
				.description(count.description())
				.register(registry);
		}
		else {
			Gauge.builder(count.meter(), count, ServerCount::count).description(count.description()).register(registry);
		}
	}

}
