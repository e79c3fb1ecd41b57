// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationConvention;

/**
 * Decides what observations of calls are called and which keys they have. A bean of this
 * type takes the place of {@link DefaultCallObservationConvention}. Asked when a call
 * begins and when it has ended; must give the same low cardinality keys each time.
 *
 * @since 0.1.0
 */
public interface CallObservationConvention extends ObservationConvention<CallObservationContext> {

	@Override
	default boolean supportsContext(Context context) {
		return context instanceof CallObservationContext;
	}

}
