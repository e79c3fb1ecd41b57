// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Made-up tokens do not hold all threads while there is no answer about them, and one of
 * them does not make others be refused.
 */
@ExtendWith(OutputCaptureExtension.class)
class GuardedTokenVerifierTests {

	private static final VerifiedToken VERIFIED = new VerifiedToken(new TestingAuthenticationToken("a", null), "a",
			null, null, Instant.MAX, null);

	private final MutableClock clock = new MutableClock();

	private final AtomicInteger asked = new AtomicInteger();

	private volatile Runnable behaviour = () -> {
	};

	private final TokenVerifier verifier = new GuardedTokenVerifier(new TokenVerifier() {

		@Override
		public boolean supports(String token) {
			return true;
		}

		@Override
		public VerifiedToken verify(String token) {
			GuardedTokenVerifierTests.this.asked.incrementAndGet();
			GuardedTokenVerifierTests.this.behaviour.run();
			return VERIFIED;
		}

	}, 3, this.clock);

	@Test
	void verifyWhenAsManyAsAllowedWaitThenRefusedAtOnce() {
		CountDownLatch refused = new CountDownLatch(1);
		this.behaviour = () -> Eventually.until("one too many is refused", refused);
		Concurrently.run(4, (thread) -> {
			if (thread > 0) {
				assertThat(this.verifier.verify("token")).isSameAs(VERIFIED);
				return;
			}
			Eventually.until("all that may have asked", () -> this.asked.get() == 3);
			assertUnavailable();
			refused.countDown();
		});
		assertThat(this.asked).hasValue(3);
		assertThat(this.verifier.verify("token")).isSameAs(VERIFIED);
	}

	@Test
	void verifyWhenThereWasNoAnswerThenNobodyWaitsForAWhile() {
		this.behaviour = this::hang;
		assertUnavailable();
		assertUnavailable();
		this.clock.advance(Duration.ofMillis(2999));
		assertUnavailable();
		assertThat(this.asked).hasValue(1);
		this.clock.advance(Duration.ofMillis(1));
		assertUnavailable();
		assertUnavailable();
		assertThat(this.asked).hasValue(2);
		this.clock.advance(Duration.ofSeconds(3));
		this.behaviour = () -> {
		};
		assertThat(this.verifier.verify("token")).isSameAs(VERIFIED);
		assertThat(this.verifier.verify("token")).isSameAs(VERIFIED);
	}

	@Test
	void verifyWhenPauseIsOverThenOneFindsOut() {
		this.behaviour = this::hang;
		assertUnavailable();
		this.clock.advance(Duration.ofSeconds(3));
		this.behaviour = this::assertUnavailable;
		assertThat(this.verifier.verify("token")).isSameAs(VERIFIED);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void verifyWhenFailureComesAtOnceThenOthersAreStillAskedAbout() {
		this.behaviour = GuardedTokenVerifierTests::fail;
		assertUnavailable();
		this.behaviour = () -> {
		};
		assertThat(this.verifier.verify("token")).isSameAs(VERIFIED);
	}

	@Test
	void verifyWhenTokenIsMalformedThenThatIsNoAnswer() {
		this.behaviour = this::hang;
		assertUnavailable();
		this.clock.advance(Duration.ofSeconds(3));
		this.behaviour = () -> {
			throw new BadTokenException(TokenFault.MALFORMED);
		};
		assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> this.verifier.verify("token"));
		// The next one still may find out
		this.behaviour = this::hang;
		assertUnavailable();
		assertThat(this.asked).hasValue(3);
		assertUnavailable();
		assertThat(this.asked).hasValue(3);
	}

	@Test
	void verifyWhenTokenIsBadThenThatIsAnAnswer() {
		this.behaviour = this::hang;
		assertUnavailable();
		this.clock.advance(Duration.ofSeconds(3));
		this.behaviour = () -> {
			throw new BadTokenException(TokenFault.INACTIVE);
		};
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> this.verifier.verify("token"));
		}
	}

	@Test
	void verifyWhenItGoesOnThenLoggedOnce(CapturedOutput output) {
		this.behaviour = GuardedTokenVerifierTests::fail;
		for (int i = 0; i < 5; i++) {
			assertUnavailable();
			this.clock.advance(Duration.ofMinutes(10));
		}
		assertThat(output.getAll().split("Tokens cannot be verified", -1)).hasSize(2);
		this.behaviour = () -> {
		};
		this.verifier.verify("token");
		this.behaviour = GuardedTokenVerifierTests::fail;
		assertUnavailable();
		assertThat(output.getAll().split("Tokens cannot be verified", -1)).hasSize(3);
	}

	private void hang() {
		this.clock.advance(Duration.ofSeconds(2));
		fail();
	}

	private static void fail() {
		throw new AuthenticationServiceException("the database is gone");
	}

	private void assertUnavailable() {
		assertThatExceptionOfType(VerifierUnavailableException.class).isThrownBy(() -> this.verifier.verify("token"));
	}

}
