// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedirectUris}.
 */
class RedirectUrisTests {

	@ParameterizedTest
	@CsvSource({ "http://localhost:43210/callback, localhost", "https://app.example.com/callback, app.example.com",
			"https://bank.example@evil.example/, evil.example",
			"cursor://oauth/callback, the application that opens cursor: links" })
	void destinationWhenRedirectedThenIsWhereItGoes(String uri, String destination) {
		assertThat(RedirectUris.destination(uri)).isEqualTo(destination);
	}

}
