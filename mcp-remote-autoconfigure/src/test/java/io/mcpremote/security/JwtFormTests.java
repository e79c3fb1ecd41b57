// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * There is one way to write a signature, and not everything with dots has one.
 */
class JwtFormTests {

	@ParameterizedTest
	@ValueSource(strings = { "a.b.", "a.b.AQ", "a.b.AQI", "a.b._-8w" })
	void isSignatureCanonicalWhenItIsThenTrue(String token) {
		assertThat(JwtForm.isSignatureCanonical(token)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.b.AR", "a.b.AQ==", "a.b.AQ=", "a.b.A~Q", "a.b.A+/w", "a.b.A", "a.b.AQIDB" })
	void isSignatureCanonicalWhenWrittenAnotherWayThenFalse(String token) {
		assertThat(JwtForm.isSignatureCanonical(token)).isFalse();
	}

	@Test
	void contentWhenSignaturesDifferThenTheSame() {
		assertThat(TokenDigest.of("eyJh.b.c")).isNotEqualTo(TokenDigest.of("eyJh.b.d"));
		assertThat(TokenDigest.of("eyJh.b.c").content()).isEqualTo(TokenDigest.of("eyJh.b.d").content())
			.isNotEqualTo(TokenDigest.of("eyJh.e.c").content());
	}

	@ParameterizedTest
	@ValueSource(strings = { "v4.public.", "token", "a.b.c.", "eyJh.b.c.d.", "mcpk_" })
	void contentWhenNoSignedJwtThenTheWholeToken(String token) {
		assertThat(TokenDigest.of(token + "1").content()).isEqualTo(TokenDigest.of(token + "1"))
			.isNotEqualTo(TokenDigest.of(token + "2").content());
	}

}
