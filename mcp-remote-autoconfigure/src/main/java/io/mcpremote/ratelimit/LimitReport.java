// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.CallContext;

/**
 * What is left of the limits of one call, for its client to know. Limits are looked at
 * more than once on the way of a call, and written down only when all of them are known.
 */
final class LimitReport {

	private List<LimitState> states = List.of();

	private boolean told = true;

	/**
	 * Add what is known now; what is known of a limit last is what counts.
	 */
	void add(List<LimitState> latest) {
		this.states = (this.states.isEmpty()) ? latest : merge(this.states, latest);
		this.told = false;
	}

	/**
	 * Correct what is known by what has been given back.
	 */
	void giveBack(List<Limit> limits) {
		this.states = this.states.stream().map((state) -> {
			long back = limits.stream()
				.filter((limit) -> limit.level().equals(state.limit().level()))
				.mapToLong(Limit::cost)
				.sum();
			return new LimitState(state.limit(), state.exceeded(), state.remaining() + back, state.reset());
		}).toList();
		this.told = false;
	}

	/**
	 * Tell the client, unless it has been told that much.
	 */
	void tell(CallContext context) {
		if (!this.told) {
			context.responseHeader(LimitHeaders.POLICY, LimitHeaders.policy(this.states));
			context.responseHeader(LimitHeaders.STATE, LimitHeaders.state(this.states));
			this.told = true;
		}
	}

	private static List<LimitState> merge(List<LimitState> before, List<LimitState> latest) {
		List<LimitState> merged = new ArrayList<>(before.size() + latest.size());
		for (LimitState state : before) {
			if (!contains(latest, state.limit().level())) {
				merged.add(state);
			}
		}
		merged.addAll(latest);
		return merged;
	}

	private static boolean contains(List<LimitState> states, String level) {
		for (LimitState state : states) {
			if (state.limit().level().equals(level)) {
				return true;
			}
		}
		return false;
	}

}
