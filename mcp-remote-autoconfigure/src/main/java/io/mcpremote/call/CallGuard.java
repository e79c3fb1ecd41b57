// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Stands at one {@link CallStage stage} of every call and decides what becomes of it.
 * Guards are called concurrently, on the thread that serves the call.
 *
 * @since 0.1.0
 */
public interface CallGuard {

	/**
	 * Return the stage this guard stands at. Guards of one stage are ordered among
	 * themselves by Spring's {@code @Order}.
	 * @return the stage
	 */
	CallStage stage();

	/**
	 * Let the call pass, answer in its place, or change the outcome on its way back.
	 * Anything thrown ends the call as a {@link CallOutcome.Failure}.
	 * @param call the call
	 * @param context what guards may add to the call
	 * @param next the rest of the way
	 * @return the outcome
	 */
	CallOutcome guard(McpCall call, CallContext context, CallChain next);

}
