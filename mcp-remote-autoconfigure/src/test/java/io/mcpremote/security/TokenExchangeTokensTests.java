// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * For how long tokens are kept, and who waits for whom.
 */
class TokenExchangeTokensTests {

	private static final TokenExchangeKey KEY = new TokenExchangeKey("billing", "alice", TokenDigest.of("token"));

	private final MutableClock clock = new MutableClock();

	private final TokenExchangeTokens tokens = new TokenExchangeTokens(100, this.clock);

	private final AtomicInteger exchanges = new AtomicInteger();

	@ParameterizedTest
	@CsvSource({ "300, 269, 271", "3600, 3569, 3571", "60, 47, 49", "10, 7, 9" })
	void getWhenTimePassesThenRenewsBeforeTokenExpires(int lifetime, int kept, int renewed) {
		get(lifetime);
		this.clock.advance(Duration.ofSeconds(kept));
		get(lifetime);
		assertThat(this.exchanges).hasValue(1);
		this.clock.advance(Duration.ofSeconds(renewed - kept));
		get(lifetime);
		assertThat(this.exchanges).hasValue(2);
	}

	@Test
	void getWhenCallersTokenExpiresThenTokenIsNotKeptLonger() {
		Instant expires = this.clock.instant().plusSeconds(20);
		this.tokens.get(KEY, expires, () -> token(300));
		this.clock.advance(Duration.ofSeconds(21));
		this.tokens.get(KEY, expires, () -> token(300));
		assertThat(this.exchanges).hasValue(2);
	}

	@Test
	void getWhenLifetimeUnknownThenUsedOnce() {
		Supplier<OAuth2AccessToken> exchange = () -> new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER,
				"token-" + this.exchanges.incrementAndGet(), null, null);
		assertThat(this.tokens.get(KEY, null, exchange).value()).isEqualTo("token-1");
		assertThat(this.tokens.get(KEY, null, exchange).value()).isEqualTo("token-2");
	}

	@Test
	void getWhenMoreTokensThanAllowedThenForgetsSome() {
		TokenExchangeTokens few = new TokenExchangeTokens(10, this.clock);
		for (int i = 0; i < 1000; i++) {
			few.get(new TokenExchangeKey("billing", "alice", TokenDigest.of("token-" + i)), null, () -> token(300));
		}
		int before = this.exchanges.get();
		for (int i = 0; i < 1000; i++) {
			few.get(new TokenExchangeKey("billing", "alice", TokenDigest.of("token-" + i)), null, () -> token(300));
		}
		assertThat(this.exchanges.get() - before).isGreaterThanOrEqualTo(980);
	}

	@Test
	void getWhenExchangeFailedThenTriesAgainNextTime() {
		assertThatExceptionOfType(TokenExchangeException.class).isThrownBy(() -> this.tokens.get(KEY, null, () -> {
			throw new TokenExchangeException("refused");
		}));
		assertThat(get(300).value()).isEqualTo("token-1");
	}

	@Test
	void getWhenSomethingElseIsThrownThenTriesAgainNextTime() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.tokens.get(KEY, null, () -> {
			throw new IllegalStateException("bug");
		}));
		assertThat(get(300).value()).isEqualTo("token-1");
	}

	@Test
	void getWhenWaitingForFailureThenFailsWithoutTryingAgain() {
		CountDownLatch waiting = new CountDownLatch(1);
		AtomicReference<Thread> waiter = new AtomicReference<>();
		Concurrently.run(2, (number) -> {
			if (number == 0) {
				assertThatExceptionOfType(TokenExchangeException.class)
					.isThrownBy(() -> this.tokens.get(KEY, null, () -> {
						waiting.countDown();
						Eventually.until("another call waits", () -> isWaiting(waiter.get()));
						this.exchanges.incrementAndGet();
						throw new TokenExchangeException("refused");
					}));
			}
			else {
				Eventually.until("the first call exchanges", waiting);
				waiter.set(Thread.currentThread());
				assertThatExceptionOfType(TokenExchangeException.class).isThrownBy(() -> get(300).value())
					.withMessage("refused");
			}
		});
		assertThat(this.exchanges).hasValue(1);
	}

	@Test
	void getWhenExchangingCallIsInterruptedThenOthersGoOn() {
		CountDownLatch waiting = new CountDownLatch(1);
		AtomicReference<Thread> waiter = new AtomicReference<>();
		Concurrently.run(2, (number) -> {
			if (number == 0) {
				assertThatExceptionOfType(TokenExchangeException.class)
					.isThrownBy(() -> this.tokens.get(KEY, null, () -> {
						waiting.countDown();
						Eventually.until("another call waits", () -> isWaiting(waiter.get()));
						Thread.currentThread().interrupt();
						throw new TokenExchangeException("interrupted");
					}));
				assertThat(Thread.interrupted()).isTrue();
			}
			else {
				Eventually.until("the first call exchanges", waiting);
				waiter.set(Thread.currentThread());
				assertThat(get(300).value()).isEqualTo("token-1");
			}
		});
	}

	@Test
	void getWhenWaitingCallIsInterruptedThenOnlyItFails() {
		CountDownLatch waiting = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		Concurrently.run(2, (number) -> {
			if (number == 0) {
				this.tokens.get(KEY, null, () -> {
					waiting.countDown();
					Eventually.until("the other call has ended", interrupted);
					return token(300);
				});
			}
			else {
				Eventually.until("the first call exchanges", waiting);
				Thread.currentThread().interrupt();
				assertThatExceptionOfType(TokenExchangeException.class).isThrownBy(() -> get(300))
					.withMessageContaining("cancelled");
				assertThat(Thread.interrupted()).isTrue();
				interrupted.countDown();
			}
		});
		assertThat(get(300).value()).isEqualTo("token-1");
	}

	@Test
	void forgetWhenTokenHasBeenReplacedThenKeepsTheNewOne() {
		TokenExchangeResult first = get(300);
		this.tokens.forget(KEY, first);
		TokenExchangeResult second = get(300);
		assertThat(second).isNotEqualTo(first);
		this.tokens.forget(KEY, first);
		assertThat(get(300)).isSameAs(second);
	}

	private TokenExchangeResult get(int lifetime) {
		return this.tokens.get(KEY, null, () -> token(lifetime));
	}

	private OAuth2AccessToken token(int lifetime) {
		// Real time, which need not be that of the clock
		Instant now = Instant.now();
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token-" + this.exchanges.incrementAndGet(),
				now, now.plusSeconds(lifetime));
	}

	private static boolean isWaiting(Thread thread) {
		return thread != null && thread.getState() == Thread.State.WAITING;
	}

}
