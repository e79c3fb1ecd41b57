// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * So many calls within a window of time, written {@code 5/1h}.
 *
 * @param calls how many calls, or what costs as much
 * @param window within which time
 * @since 0.1.0
 */
public record Rate(long calls, Duration window) {

	/**
	 * What a rate looks like, for error messages.
	 */
	public static final String FORMAT = "Write calls and window, such as 5/1h, 60/1m or 1000/1d.";

	private static final long MAX_CALLS = 1_000_000_000;

	private static final Duration MAX_WINDOW = Duration.ofDays(366);

	/**
	 * Read a rate.
	 * @param text the text
	 * @return the rate, or {@code null} if the text is none
	 */
	public static @Nullable Rate parse(String text) {
		int slash = text.indexOf('/');
		if (slash < 1) {
			return null;
		}
		Duration window = Durations.parse(text.substring(slash + 1).strip());
		String calls = text.substring(0, slash).strip();
		if (window == null || window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(MAX_WINDOW) > 0
				|| !calls.matches("[0-9]{1,10}")) {
			return null;
		}
		long number = Long.parseLong(calls);
		return (number >= 1 && number <= MAX_CALLS) ? new Rate(number, window) : null;
	}

	/**
	 * Read a rate of configuration.
	 * @param text the text
	 * @return the rate
	 * @throws IllegalArgumentException if the text is none
	 */
	public static Rate of(String text) {
		Rate rate = parse(text);
		if (rate == null) {
			throw new IllegalArgumentException("'" + text + "' is no rate. " + FORMAT);
		}
		return rate;
	}

	@Override
	public String toString() {
		return this.calls + "/" + Durations.text(this.window);
	}

}
