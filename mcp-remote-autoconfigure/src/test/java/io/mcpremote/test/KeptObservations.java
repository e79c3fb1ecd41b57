// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import io.mcpremote.test.TestRun.Channel;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

/**
 * Keeps what is observed, of which spans are made.
 */
final class KeptObservations implements ObservationHandler<Observation.Context> {

	static ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new KeptObservations());
		return registry;
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		TestRun.keep(Channel.TRACES, "event " + event);
	}

	@Override
	public void onStop(Observation.Context context) {
		TestRun.keep(Channel.TRACES, context.getName() + " | " + context.getContextualName() + " | "
				+ context.getAllKeyValues() + " | " + context.getError());
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

}
