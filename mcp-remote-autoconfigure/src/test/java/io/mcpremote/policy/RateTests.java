// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RateTests {

	@ParameterizedTest
	@CsvSource({ "5/1h, 5, PT1H", "60/1m, 60, PT1M", "1000/1d, 1000, P1D", "3 / 30s, 3, PT30S", "7/PT5M, 7, PT5M" })
	void parseWhenWellFormedThenCallsAndWindow(String text, long calls, Duration window) {
		assertThat(Rate.parse(text)).isEqualTo(new Rate(calls, window));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "/1h", "5/", "5/banana", "banana/1h", "0/1h", "-1/1h", "5/0s", "5/10ms", "5/-1h",
			"99999999999/1h", "5/999d", "5/1h/2", "5.5/1h" })
	void parseWhenUnreadableThenNothing(String text) {
		assertThat(Rate.parse(text)).isNull();
	}

	@Test
	void toStringThenReadableAgain() {
		for (String text : new String[] { "5/1h", "60/1m", "10/90s", "2/1d" }) {
			assertThat(String.valueOf(Rate.parse(text))).isEqualTo(text);
		}
	}

}
