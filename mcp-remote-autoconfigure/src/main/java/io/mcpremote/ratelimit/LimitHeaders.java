// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;
import java.util.List;

/**
 * Writes limits the way of the IETF draft "RateLimit header fields for HTTP".
 */
final class LimitHeaders {

	static final String POLICY = "RateLimit-Policy";

	static final String STATE = "RateLimit";

	private static final int LENGTH = 96;

	private LimitHeaders() {
	}

	static String policy(List<LimitState> states) {
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

	static String state(List<LimitState> states) {
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

}
