// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.mcpremote.cache.ResultStore.Found;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallFlights;
import io.mcpremote.call.CallFlights.Bounds;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.policy.CacheRule;
import io.mcpremote.policy.Policy;

/**
 * Answers calls from what is remembered, and has one of several equal calls run while the
 * others wait.
 */
final class RememberedCalls {

	private final CallFlights<Flight> flights;

	private final Results results;

	/**
	 * Create an instance.
	 * @param results the results
	 * @param waiting how many calls of one caller may wait, {@code 0} for any number
	 */
	RememberedCalls(Results results, int waiting) {
		this.flights = new CallFlights<>(CallContext.CACHED, waiting);
		this.results = results;
	}

	/**
	 * Answer a call.
	 * @param key what its result depends on
	 * @param rule how that is remembered
	 * @param policy the policy of its tool
	 * @param call the call
	 * @param context what belongs to it
	 * @param running runs the tool
	 */
	CallOutcome answer(ResultKey key, CacheRule rule, Policy policy, McpCall call, CallContext context,
			Supplier<CallOutcome> running) {
		Found found = this.results.find(key);
		if (found == null) {
			return running.get();
		}
		if (found.result() != null) {
			context.attribute(CallContext.CACHED, true);
			return new Result(found.result());
		}
		return this.flights.run(new Flight(key, found.state()), call, context,
				new Bounds(policy.timeout(), policy.maxConcurrency()), () -> lead(key, rule, call, context, running));
	}

	private CallOutcome lead(ResultKey key, CacheRule rule, McpCall call, CallContext context,
			Supplier<CallOutcome> running) {
		// Others may have been faster while this call waited
		Found found = this.results.find(key);
		if (found != null && found.result() != null) {
			context.attribute(CallContext.CACHED, true);
			return new Result(found.result());
		}
		AtomicBoolean asked = new AtomicBoolean();
		context.whileWaiting(() -> asked.set(true), () -> {
		});
		CallOutcome outcome = running.get();
		ResultSnapshot snapshot = (outcome instanceof Result result) ? this.results.snapshot(result) : null;
		if (snapshot == null) {
			return outcome;
		}
		boolean failed = Boolean.TRUE.equals(snapshot.result().isError());
		if (found != null && !failed && !asked.get() && !context.isExpired() && !context.isCancelled()) {
			this.results.keep(key, snapshot, found.state(), rule, call.caller());
		}
		return new Result(snapshot.result());
	}

	/**
	 * Calls that may wait for each other: those that would see the same state.
	 */
	private record Flight(ResultKey key, long state) {

	}

}
