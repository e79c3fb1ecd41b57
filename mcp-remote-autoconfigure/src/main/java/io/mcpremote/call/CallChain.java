// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * The rest of a call's way, seen from one of its guards.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallChain {

	/**
	 * Send the call on: the very call the guard was given, and its context, which may be
	 * decorated as long as its attributes stay. Never throws: whatever goes wrong further
	 * down comes back as an outcome.
	 * @param call the call
	 * @param context what guards may add to the call
	 * @return the outcome
	 */
	CallOutcome proceed(McpCall call, CallContext context);

}
