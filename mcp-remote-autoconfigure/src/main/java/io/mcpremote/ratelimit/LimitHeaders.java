// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.mcpremote.policy.Rate;

/**
 * Writes limits the way of the IETF draft "RateLimit header fields for HTTP".
 */
final class LimitHeaders {

	static final String POLICY = "RateLimit-Policy";

	static final String STATE = "RateLimit";

	private static final int LENGTH = 128;

	// One for each rate that comes last, which are configured and hence few
	private final ConcurrentMap<Rate, Policy> policies = new ConcurrentHashMap<>();

	/**
	 * Return what limits there are, which is the same for most calls of a kind.
	 */
	String policy(List<LimitState> states) {
		if (states.isEmpty() || hasQuota(states)) {
			return text(states);
		}
		Rate last = states.get(states.size() - 1).limit().rate();
		Policy known = this.policies.get(last);
		if (known == null || !known.isOf(states)) {
			known = Policy.of(states, text(states));
			this.policies.put(last, known);
		}
		return known.text();
	}

	private static boolean hasQuota(List<LimitState> states) {
		for (int i = 0; i < states.size(); i++) {
			if (states.get(i).limit().quota()) {
				return true;
			}
		}
		return false;
	}

	private static String text(List<LimitState> states) {
		StringBuilder text = new StringBuilder(LENGTH);
		for (LimitState state : states) {
			Limit limit = state.limit();
			begin(text, limit).append(";q=").append(limit.rate().calls());
			if (!limit.quota()) {
				text.append(";w=").append(limit.rate().window().toSeconds());
			}
		}
		return text.toString();
	}

	String state(List<LimitState> states) {
		StringBuilder text = new StringBuilder(LENGTH);
		for (LimitState state : states) {
			begin(text, state.limit()).append(";r=")
				.append(state.remaining())
				.append(";t=")
				.append(seconds(state.reset()));
		}
		return text.toString();
	}

	/**
	 * Round up, so that whoever waits that long does not come too early.
	 */
	static long seconds(Duration wait) {
		return wait.getSeconds() + ((wait.getNano() > 0) ? 1 : 0);
	}

	private static StringBuilder begin(StringBuilder text, Limit limit) {
		return text.append((text.isEmpty()) ? "\"" : ", \"").append(limit.level()).append('"');
	}

	/**
	 * How limits have been written.
	 */
	private record Policy(List<String> levels, List<Rate> rates, String text) {

		static Policy of(List<LimitState> states, String text) {
			// Not the limits themselves, which know their callers
			return new Policy(states.stream().map((state) -> state.limit().level()).toList(),
					states.stream().map((state) -> state.limit().rate()).toList(), text);
		}

		boolean isOf(List<LimitState> states) {
			if (states.size() != this.rates.size()) {
				return false;
			}
			for (int i = 0; i < states.size(); i++) {
				Limit limit = states.get(i).limit();
				if (!limit.rate().equals(this.rates.get(i)) || !limit.level().equals(this.levels.get(i))) {
					return false;
				}
			}
			return true;
		}

	}

}
