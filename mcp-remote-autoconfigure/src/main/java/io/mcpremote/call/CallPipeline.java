// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends calls through all guards, in the order of their stages, to their target.
 *
 * @since 0.1.0
 */
public final class CallPipeline {

	private final List<CallGuard> guards;

	private final CallChain entry;

	/**
	 * Create a pipeline.
	 * @param guards the guards; within a stage they keep the order in which they come
	 * @param target runs the calls that all guards let pass
	 */
	public CallPipeline(Collection<? extends CallGuard> guards, CallChain target) {
		List<CallGuard> sorted = new ArrayList<>(guards);
		sorted.sort(Comparator.comparing(CallGuard::stage));
		this.guards = List.copyOf(sorted);
		CallChain next = new TargetLink(target);
		for (int i = this.guards.size() - 1; i >= 0; i--) {
			CallGuard guard = this.guards.get(i);
			next = new GuardLink(guard, guard.stage(), next);
		}
		this.entry = next;
	}

	/**
	 * Run a call. Never throws.
	 * @param call the call
	 * @param context what guards may add to the call
	 * @return the outcome
	 */
	public CallOutcome run(McpCall call, CallContext context) {
		return this.entry.proceed(call, context);
	}

	/**
	 * Return the guards in the order in which a call meets them.
	 * @return the guards
	 */
	public List<CallGuard> guards() {
		return this.guards;
	}

	@Override
	public String toString() {
		return Stream
			.concat(this.guards.stream().map((guard) -> guard.stage().name().toLowerCase(Locale.ROOT)).distinct(),
					Stream.of("target"))
			.collect(Collectors.joining(" -> "));
	}

	private record GuardLink(CallGuard guard, CallStage stage, CallChain rest) implements CallChain {

		@Override
		public CallOutcome proceed(McpCall call, CallContext context) {
			context.reach(this.stage);
			try {
				return this.guard.guard(call, context, this.rest);
			}
			catch (Throwable ex) {
				return Failures.outcomeOf(call, ex);
			}
		}

	}

	private record TargetLink(CallChain target) implements CallChain {

		@Override
		public CallOutcome proceed(McpCall call, CallContext context) {
			context.reach(null);
			try {
				return this.target.proceed(call, context);
			}
			catch (Throwable ex) {
				return Failures.outcomeOf(call, ex);
			}
		}

	}

}
