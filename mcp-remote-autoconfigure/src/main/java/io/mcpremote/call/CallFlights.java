// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import org.jspecify.annotations.Nullable;

/**
 * Has one of several equal calls run while the others wait for what becomes of it. What
 * comes of a call for reasons of its own, because its client went away for instance, is
 * not for the others: one of them runs next. Nobody waits for a call that waits for a
 * person.
 *
 * @param <K> the type of what tells calls apart
 * @since 0.1.0
 */
public final class CallFlights<K> {

	private static final Refusal TOO_MANY = Refusals.unavailable(
			"Too many equal calls wait for one that is under way. Wait for its result.", Duration.ofSeconds(1));

	private final Map<K, CompletableFuture<Optional<CallOutcome>>> flights = new ConcurrentHashMap<>();

	private final Map<Waiter, Integer> waiting = new ConcurrentHashMap<>();

	private final String followed;

	private final int perCaller;

	/**
	 * Create an instance.
	 * @param followed the attribute that tells that a call got what became of another
	 * @param perCaller how many calls of one caller may wait, {@code 0} for any number
	 */
	public CallFlights(String followed, int perCaller) {
		this.followed = followed;
		this.perCaller = perCaller;
	}

	/**
	 * Run a call, or wait for an equal one that is under way.
	 * @param key the same for equal calls
	 * @param call the call
	 * @param context what belongs to it
	 * @param bounds how long it may wait for others, and how many
	 * @param leading runs the call
	 * @return its outcome
	 */
	public CallOutcome run(K key, McpCall call, CallContext context, Bounds bounds, Supplier<CallOutcome> leading) {
		CompletableFuture<Optional<CallOutcome>> own = new CompletableFuture<>();
		CompletableFuture<Optional<CallOutcome>> other = this.flights.putIfAbsent(key, own);
		long end = (other != null) ? System.nanoTime() + bounds.patience().toNanos() : 0;
		while (other != null) {
			CallOutcome outcome = follow(other, call, context, bounds, Duration.ofNanos(end - System.nanoTime()));
			if (outcome != null) {
				return outcome;
			}
			other = this.flights.putIfAbsent(key, own);
		}
		return lead(key, own, context, leading);
	}

	/**
	 * Wait for another call.
	 * @return what comes of it, or {@code null} if that is nothing for this one
	 */
	private @Nullable CallOutcome follow(CompletableFuture<Optional<CallOutcome>> other, McpCall call,
			CallContext context, Bounds bounds, Duration patience) {
		Caller caller = call.caller();
		String key = caller.userKey();
		Waiter all = new Waiter(key, null);
		Waiter ofTool = new Waiter(key, call.target());
		try {
			// Both are counted, and both counted down
			boolean room = enter(all, this.perCaller) & enter(ofTool, bounds.calls());
			if (!room) {
				return TOO_MANY;
			}
			Optional<CallOutcome> landed = context.await(other, patience);
			if (landed == null) {
				return late(call);
			}
			landed.ifPresent((outcome) -> context.attribute(this.followed, true));
			return landed.orElse(null);
		}
		finally {
			leave(all);
			leave(ofTool);
		}
	}

	private boolean enter(Waiter waiter, int most) {
		return this.waiting.merge(waiter, 1, Integer::sum) <= most || most == 0;
	}

	private void leave(Waiter waiter) {
		this.waiting.computeIfPresent(waiter, (same, count) -> (count > 1) ? count - 1 : null);
	}

	int size() {
		return this.flights.size() + this.waiting.size();
	}

	private CallOutcome lead(K key, CompletableFuture<Optional<CallOutcome>> flight, CallContext context,
			Supplier<CallOutcome> leading) {
		CallOutcome outcome = null;
		try {
			context.onExpiry((expired) -> land(key, flight, expired));
			context.whileWaiting(() -> land(key, flight, null), () -> {
			});
			outcome = leading.get();
			return outcome;
		}
		finally {
			boolean shared = outcome != null && isForAll(outcome) && !context.isCancelled();
			land(key, flight, (shared) ? outcome : null);
		}
	}

	private void land(K key, CompletableFuture<Optional<CallOutcome>> flight, @Nullable CallOutcome outcome) {
		this.flights.remove(key, flight);
		// Without effect if it has landed before
		flight.complete(Optional.ofNullable(outcome));
	}

	/**
	 * Return whether an equal call would have come to the same.
	 */
	private static boolean isForAll(CallOutcome outcome) {
		if (outcome instanceof Failure failure) {
			return failure.kind() != FailureKind.CANCELLED && failure.kind() != FailureKind.NOT_CONFIRMED;
		}
		return outcome instanceof Result;
	}

	private static Failure late(McpCall call) {
		return new Failure(FailureKind.DEADLINE,
				"An equal call is under way and has not come to an end in time. Try again later. Reference: "
						+ call.id(),
				null);
	}

	/**
	 * How calls may wait.
	 *
	 * @param patience how long
	 * @param calls how many of one caller for one tool, {@code 0} for any number
	 */
	public record Bounds(Duration patience, int calls) {

	}

	/**
	 * Whose calls wait.
	 *
	 * @param caller the caller
	 * @param target the tool, {@code null} for whichever
	 */
	private record Waiter(String caller, @Nullable String target) {

	}

}
