// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clocks may differ by as much as is configured and not by more.
 */
class JwtRulesTests {

	private final MutableClock clock = new MutableClock();

	@ParameterizedTest
	@ValueSource(ints = { 0, 60 })
	void faultWhenExpiredThenAcceptedWithinTheSkewOnly(int skew) {
		Instant now = this.clock.instant();
		assertThat(rules(skew).fault(jwt(now.minusSeconds(1000), now.minusSeconds(skew).plusMillis(1)))).isNull();
		assertThat(rules(skew).fault(jwt(now.minusSeconds(1000), now.minusSeconds(skew))))
			.isEqualTo(TokenFault.EXPIRED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 60 })
	void faultWhenNotYetValidThenAcceptedWithinTheSkewOnly(int skew) {
		Instant now = this.clock.instant();
		assertThat(rules(skew).fault(jwt(now.plusSeconds(skew), now.plusSeconds(1000)))).isNull();
		assertThat(rules(skew).fault(jwt(now.plusSeconds(skew).plusMillis(1), now.plusSeconds(1000))))
			.isEqualTo(TokenFault.NOT_YET_VALID);
	}

	@Test
	void faultWhenEverythingIsRightThenNone() {
		Instant now = this.clock.instant();
		assertThat(rules(0).fault(jwt(now, now.plusSeconds(1)))).isNull();
	}

	private JwtRules rules(int skew) {
		return new JwtRules("https://auth.example.com", () -> Set.of("here"), Duration.ofSeconds(skew), this.clock);
	}

	private static Jwt jwt(Instant notBefore, Instant expires) {
		return Jwt.withTokenValue("token")
			.header("alg", "RS256")
			.issuer("https://auth.example.com")
			.audience(List.of("here"))
			.notBefore(notBefore)
			.expiresAt(expires)
			.build();
	}

}
