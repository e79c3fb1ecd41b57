// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

import io.mcpremote.call.CallText;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.ratelimit.LimitState;
import org.jspecify.annotations.Nullable;

/**
 * What goes on at the moment: the calls under way, and the limits that fill up.
 */
final class Activity {

	private static final int MAX_SHOWN = 50;

	private static final int MAX_LIMITS = 256;

	private static final double WORTH_SHOWING = 0.5;

	private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, Filling> limits = new ConcurrentHashMap<>();

	private final LongSupplier ticker;

	/**
	 * Create an instance.
	 * @param ticker counts nanoseconds
	 */
	Activity(LongSupplier ticker) {
		this.ticker = ticker;
	}

	void begin(McpCall call) {
		this.running.put(call.id(), new Running(call, this.ticker.getAsLong()));
	}

	void end(McpCall call) {
		this.running.remove(call.id());
	}

	/**
	 * Note how full limits are. Only those are kept that are half full, and of those the
	 * fullest.
	 */
	void limits(McpCall call, List<LimitState> states) {
		for (LimitState state : states) {
			limit(call, state);
		}
	}

	private void limit(McpCall call, LimitState state) {
		String key = state.limit().level() + ' ' + state.limit().key();
		long allowed = state.limit().rate().calls();
		long used = (state.exceeded()) ? allowed : allowed - state.remaining();
		if (used < allowed * WORTH_SHOWING) {
			this.limits.remove(key);
			return;
		}
		Filling filling = new Filling(state.limit().level(), who(call, state), used, allowed,
				this.ticker.getAsLong() + state.reset().toNanos());
		if (this.limits.containsKey(key) || this.limits.size() < MAX_LIMITS || makeRoom(filling)) {
			this.limits.put(key, filling);
		}
	}

	/**
	 * Take away what is over, else what is least full.
	 */
	private boolean makeRoom(Filling filling) {
		long now = this.ticker.getAsLong();
		if (this.limits.values().removeIf((other) -> other.ends() - now < 0)) {
			return true;
		}
		return this.limits.entrySet()
			.stream()
			.min(Comparator.comparingDouble((entry) -> entry.getValue().share()))
			.filter((least) -> least.getValue().share() < filling.share())
			.map((least) -> this.limits.remove(least.getKey(), least.getValue()))
			.orElse(false);
	}

	/**
	 * The key of a limit may hold the id of a session, and is not to be shown.
	 */
	private static String who(McpCall call, LimitState state) {
		Caller caller = call.caller();
		String level = state.limit().level();
		String subject = (caller.subject() != null) ? caller.subject() : caller.address();
		String shown = switch (level) {
			case "tool" -> subject + " \u00b7 " + targetOf(call);
			case "tenant" -> String.valueOf(caller.tenant());
			case "api-key" -> String.valueOf(caller.clientId());
			default -> subject;
		};
		return ShownText.of(shown);
	}

	private static @Nullable String targetOf(McpCall call) {
		return (call.target() != null) ? CallText.target(call.target()) : null;
	}

	/**
	 * Return the calls under way, the oldest first.
	 */
	List<Call> running() {
		long now = this.ticker.getAsLong();
		return this.running.values()
			.stream()
			.sorted(Comparator.comparingLong((one) -> one.begun() - now))
			.limit(MAX_SHOWN)
			.map((one) -> Call.of(one.call(), (now - one.begun()) / 1_000_000))
			.toList();
	}

	/**
	 * Return the limits that fill up, the fullest first.
	 */
	List<Fill> limits() {
		long now = this.ticker.getAsLong();
		this.limits.values().removeIf((filling) -> filling.ends() - now < 0);
		return this.limits.values()
			.stream()
			.sorted(Comparator.comparingDouble(Filling::share).reversed().thenComparing(Filling::who))
			.limit(MAX_SHOWN)
			.map((filling) -> new Fill(filling.level(), filling.who(), filling.used(), filling.allowed(),
					(filling.ends() - now) / 1_000_000_000))
			.toList();
	}

	private record Running(McpCall call, long begun) {

	}

	private record Filling(String level, String who, long used, long allowed, long ends) {

		double share() {
			return (this.allowed > 0) ? (double) this.used / this.allowed : 1;
		}

	}

	/**
	 * A call under way, as it is shown.
	 *
	 * @param id identifies it
	 * @param method the protocol method
	 * @param target what was called
	 * @param caller who calls
	 * @param client what the client calls itself
	 * @param revision the protocol revision
	 * @param millis for how long it has been under way
	 */
	record Call(String id, String method, String target, String caller, String client, String revision, long millis) {

		static Call of(McpCall call, long millis) {
			Caller caller = call.caller();
			return new Call(call.id(), ShownText.of(call.method()), ShownText.of(targetOf(call)),
					ShownText.of((caller.subject() != null) ? caller.subject() : caller.address()),
					ShownText.of(call.client().name()), call.revision().text(), millis);
		}

	}

	/**
	 * A limit that fills up, as it is shown.
	 *
	 * @param level what it is for
	 * @param who whose it is
	 * @param used how much is used
	 * @param allowed how much there is
	 * @param resetSeconds when there is that much again
	 */
	record Fill(String level, String who, long used, long allowed, long resetSeconds) {

	}

}
