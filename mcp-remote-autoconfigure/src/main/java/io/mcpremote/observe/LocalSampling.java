// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;

/**
 * Decides whether a call is traced the way that has been decided for its HTTP request,
 * and by chance if nobody has.
 */
final class LocalSampling implements BooleanSupplier {

	private final Tracer tracer;

	private final double probability;

	LocalSampling(Tracer tracer, double probability) {
		this.tracer = tracer;
		this.probability = probability;
	}

	@Override
	public boolean getAsBoolean() {
		Span request = this.tracer.currentSpan();
		return (request != null) ? Boolean.TRUE.equals(request.context().sampled())
				: ThreadLocalRandom.current().nextDouble() < this.probability;
	}

}
