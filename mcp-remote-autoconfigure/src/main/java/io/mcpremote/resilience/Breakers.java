// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.List;

/**
 * The breakers of tools, prompts and resources, for whoever operates the server.
 *
 * @since 0.1.0
 */
public interface Breakers {

	/**
	 * Return how they stand. What has not been called yet has no breaker.
	 * @return their states, by kind and name
	 */
	List<BreakerState> states();

}
