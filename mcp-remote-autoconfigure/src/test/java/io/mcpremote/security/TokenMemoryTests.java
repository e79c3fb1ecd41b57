// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;

import io.mcpremote.security.McpRemoteSecurityProperties.Memory;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is remembered of tokens, and for how long.
 */
class TokenMemoryTests {

	private static final TokenDigest TOKEN = TokenDigest.of("token");

	private final MutableClock clock = new MutableClock();

	private final TokenMemory memory = new TokenMemory(new Memory(Duration.ofSeconds(60), 100, 100, 10), this.clock);

	@Test
	void recallWhenNeverSeenThenNothing() {
		assertThat(this.memory.recall(TOKEN)).isNull();
	}

	@Test
	void recallWhenVerifiedThenUntilTimeToLive() {
		VerifiedToken token = token("alice", Duration.ofMinutes(15));
		this.memory.remember(TOKEN, token);
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(this.memory.recall(TokenDigest.of("token"))).isSameAs(token);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.memory.recall(TOKEN)).isNull();
	}

	@Test
	void recallWhenTokenExpiresSoonerThenNotPastThat() {
		this.memory.remember(TOKEN, token("alice", Duration.ofSeconds(10)));
		this.clock.advance(Duration.ofSeconds(9));
		assertThat(this.memory.recall(TOKEN)).isNotNull();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.memory.recall(TOKEN)).isNull();
	}

	@Test
	void recallWhenAlreadyExpiredThenNothing() {
		this.memory.remember(TOKEN, token("alice", Duration.ofSeconds(-1)));
		assertThat(this.memory.recall(TOKEN)).isNull();
	}

	@Test
	void recallWhenExpiryIsFarAwayThenRemembered() {
		this.memory.remember(TOKEN,
				new VerifiedToken(new TestingAuthenticationToken("a", null), "a", null, null, Instant.MAX, null));
		assertThat(this.memory.recall(TOKEN)).isNotNull();
	}

	@Test
	void recallWhenBadThenSaysWhyForAWhile() {
		this.memory.remember(TOKEN, TokenFault.AUDIENCE);
		assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> this.memory.recall(TOKEN))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(TokenFault.AUDIENCE));
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.memory.recall(TOKEN)).isNull();
	}

	@Test
	void rememberWhenTimeMendsTheFaultThenForgotten() {
		this.memory.remember(TOKEN, TokenFault.NOT_YET_VALID);
		assertThat(this.memory.recall(TOKEN)).isNull();
	}

	@Test
	void rememberWhenManyThenBounded() {
		for (int i = 0; i < 10_000; i++) {
			this.memory.remember(TokenDigest.of("good" + i), token("alice", Duration.ofMinutes(5)));
			this.memory.remember(TokenDigest.of("bad" + i), TokenFault.SIGNATURE);
		}
		int remembered = 0;
		int bad = 0;
		for (int i = 0; i < 10_000; i++) {
			remembered += (this.memory.recall(TokenDigest.of("good" + i)) != null) ? 1 : 0;
			bad += isBad("bad" + i) ? 1 : 0;
		}
		assertThat(remembered).isPositive().isLessThanOrEqualTo(100);
		assertThat(bad).isPositive().isLessThanOrEqualTo(100);
	}

	@Test
	void forgetThenOnlyThoseThatMatch() {
		TokenDigest other = TokenDigest.of("other");
		this.memory.remember(TOKEN, token("alice", Duration.ofMinutes(5)));
		this.memory.remember(other, token("bob", Duration.ofMinutes(5)));
		this.memory.forget((token) -> token.subject().equals("alice"));
		assertThat(this.memory.recall(TOKEN)).isNull();
		assertThat(this.memory.recall(other)).isNotNull();
	}

	@Test
	void digestThenShowsNothing() {
		assertThat(TokenDigest.of("secret")).hasToString("******").isNotEqualTo(TokenDigest.of("secret2"));
	}

	private boolean isBad(String token) {
		try {
			this.memory.recall(TokenDigest.of(token));
			return false;
		}
		catch (BadTokenException ex) {
			return true;
		}
	}

	private VerifiedToken token(String subject, Duration life) {
		return new VerifiedToken(new TestingAuthenticationToken(subject, null), subject, null, null,
				this.clock.instant().plus(life), null);
	}

}
