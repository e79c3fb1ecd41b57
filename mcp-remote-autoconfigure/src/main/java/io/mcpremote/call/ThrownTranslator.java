// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * Knows what some exceptions thrown by a target mean, which would otherwise end the call
 * as failures.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ThrownTranslator {

	/**
	 * Return what an exception means.
	 * @param call the call
	 * @param thrown what its target threw, or what Spring AI has wrapped that in
	 * @return the outcome of the call, or {@code null} for an exception like any other
	 */
	@Nullable CallOutcome translate(McpCall call, Throwable thrown);

}
