// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Reads and writes durations the way Spring's properties do.
 */
final class Durations {

	private Durations() {
	}

	static @Nullable Duration parse(String text) {
		try {
			return DurationFormatterUtils.detectAndParse(text, DurationFormat.Unit.MILLIS);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return null;
		}
	}

	/**
	 * Write a duration in the largest unit that it is a multiple of.
	 */
	static String text(Duration duration) {
		for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)) {
			if (duration.toMillis() % unit.getDuration().toMillis() == 0) {
				DurationFormat.Unit suffix = DurationFormat.Unit.fromChronoUnit(unit);
				return duration.toMillis() / unit.getDuration().toMillis() + suffix.asSuffix();
			}
		}
		return duration.toMillis() + "ms";
	}

}
