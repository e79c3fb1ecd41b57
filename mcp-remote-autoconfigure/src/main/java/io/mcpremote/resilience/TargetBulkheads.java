// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.McpCall;
import org.jspecify.annotations.Nullable;

/**
 * Knows what bounds how many calls of one target run at once, whoever makes them.
 */
@FunctionalInterface
interface TargetBulkheads {

	/**
	 * Return what a call needs to run.
	 * @return the permit, or {@code null} if any number of such calls may run
	 */
	@Nullable Permit of(McpCall call, CallContext context);

}
