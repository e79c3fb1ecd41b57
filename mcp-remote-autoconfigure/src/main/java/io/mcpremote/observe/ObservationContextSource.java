// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.function.BiConsumer;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.ReactiveContextSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;

/**
 * Lets what reactive tools do be observed as a part of their call.
 */
final class ObservationContextSource implements ReactiveContextSource {

	private final ObservationRegistry registry;

	ObservationContextSource(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void contribute(McpCall call, BiConsumer<Object, Object> context) {
		Observation current = this.registry.getCurrentObservation();
		if (current != null) {
			context.accept(ObservationThreadLocalAccessor.KEY, current);
		}
	}

}
