// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who is verified when, and who has to wait because of others.
 */
class AuthenticatorTests {

	private static final int LIMIT = 5;

	private final MutableClock clock = new MutableClock();

	private final AtomicInteger verifications = new AtomicInteger();

	private final McpRemoteSecurityProperties properties = new Binder(new MapConfigurationPropertySource(Map.of()))
		.bindOrCreate("mcp.remote.security", McpRemoteSecurityProperties.class);

	private final TokenMemory memory = new TokenMemory(this.properties.memory(), this.clock);

	private volatile Consumer<String> rule = (token) -> {
		if (token.startsWith("bad")) {
			throw new BadTokenException(TokenFault.UNKNOWN);
		}
	};

	private final Authenticator authenticator = new Authenticator(List.of(new TokenVerifier() {

		@Override
		public boolean supports(String token) {
			return true;
		}

		@Override
		public VerifiedToken verify(String token) {
			return AuthenticatorTests.this.verify(token);
		}

	}), this.memory, new FaultLimit(LIMIT, new ProxyHint(true), this.clock),
			new RememberedRevocations(this.properties, this.memory, () -> null, (event) -> {
			}, this.clock), new SingleFlight(16), null);

	@Test
	void authenticateWhenTokenWasGoodBeforeThenOthersCannotShutItOut() {
		authenticate("alice");
		sendBadTokens();
		this.clock.advance(this.properties.memory().timeToLive());
		sendBadTokens();
		assertThat(authenticate("alice")).isEqualTo("alice");
		assertThatExceptionOfType(TooManyFaultsException.class).isThrownBy(() -> authenticate("bob"));
	}

	@Test
	void authenticateWhenTokenHasExpiredThenAStrangerAgain() {
		authenticate("alice");
		this.clock.advance(Duration.ofHours(1));
		sendBadTokens();
		assertThatExceptionOfType(TooManyFaultsException.class).isThrownBy(() -> authenticate("alice"));
	}

	@Test
	void authenticateWhenTokenHasTurnedBadThenAStrangerAgain() {
		authenticate("alice");
		this.clock.advance(this.properties.memory().timeToLive());
		this.rule = (token) -> {
			throw new BadTokenException(TokenFault.INACTIVE);
		};
		sendBadTokens();
		assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> authenticate("alice"));
		this.clock.advance(this.properties.memory().timeToLive());
		sendBadTokens();
		assertThatExceptionOfType(TooManyFaultsException.class).isThrownBy(() -> authenticate("alice"));
	}

	@Test
	void authenticateWhenTokensThatWereGoodAreNotAnyMoreThenAddressIsNotBlamed() {
		for (int i = 0; i <= LIMIT; i++) {
			authenticate("alice " + i);
		}
		this.clock.advance(Duration.ofHours(1));
		// All that some authorization servers say of an expired token
		this.rule = (token) -> {
			if (token.startsWith("alice")) {
				throw new BadTokenException(TokenFault.INACTIVE);
			}
		};
		for (int i = 0; i <= LIMIT; i++) {
			String token = "alice " + i;
			assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> authenticate(token));
		}
		assertThat(authenticate("bob")).isEqualTo("bob");
	}

	@Test
	void authenticateWhenManyShowTheSameTokenThenVerifiedOnce() {
		Queue<Thread> callers = new ConcurrentLinkedQueue<>();
		this.rule = (token) -> Eventually.until("the others wait", () -> waiting(callers) == 7);
		Concurrently.run(8, (thread) -> {
			callers.add(Thread.currentThread());
			assertThat(authenticate("alice")).isEqualTo("alice");
		});
		assertThat(this.verifications).hasValue(1);
	}

	@Test
	void authenticateWhenManyShowABadTokenThenOneAnswerForAll() {
		Queue<Thread> callers = new ConcurrentLinkedQueue<>();
		this.rule = (token) -> {
			Eventually.until("the others wait", () -> waiting(callers) == 7);
			throw new BadTokenException(TokenFault.AUDIENCE);
		};
		Concurrently.run(8, (thread) -> {
			callers.add(Thread.currentThread());
			assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> authenticate("alice"))
				.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(TokenFault.AUDIENCE));
		});
		assertThat(this.verifications).hasValue(1);
	}

	@Test
	void authenticateWhenOneIsInterruptedThenTheOthersAreVerified() {
		Queue<Thread> callers = new ConcurrentLinkedQueue<>();
		AtomicInteger interrupted = new AtomicInteger();
		this.rule = (token) -> {
			if (this.verifications.get() == 1) {
				Eventually.until("the others wait", () -> waiting(callers) == 3);
				Thread.currentThread().interrupt();
				throw new AuthenticationServiceException("interrupted");
			}
		};
		Concurrently.run(4, (thread) -> {
			callers.add(Thread.currentThread());
			try {
				assertThat(authenticate("alice")).isEqualTo("alice");
			}
			catch (AuthenticationServiceException ex) {
				interrupted.incrementAndGet();
			}
		});
		assertThat(interrupted).hasValue(1);
		assertThat(this.verifications).hasValue(2);
	}

	@Test
	void authenticateWhenTooManyStrangersWaitThenRefusedAtOnce() {
		Queue<Thread> callers = new ConcurrentLinkedQueue<>();
		AtomicInteger refused = new AtomicInteger();
		this.rule = (token) -> Eventually.until("one is refused", () -> refused.get() == 1);
		Concurrently.run(18, (thread) -> {
			callers.add(Thread.currentThread());
			try {
				authenticate("alice");
			}
			catch (VerifierUnavailableException ex) {
				refused.incrementAndGet();
			}
		});
		assertThat(refused).hasValue(1);
	}

	private long waiting(Queue<Thread> callers) {
		return callers.stream()
			.filter((caller) -> caller != Thread.currentThread() && caller.getState() == Thread.State.TIMED_WAITING)
			.count();
	}

	private void sendBadTokens() {
		for (int i = 0; i < LIMIT; i++) {
			int number = i;
			assertThatExceptionOfType(BadTokenException.class)
				.isThrownBy(() -> authenticate("bad" + number + this.clock.instant()));
		}
	}

	private String authenticate(String token) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		RequestCaller caller = this.authenticator
			.authenticate(new Credential(Credential.Scheme.BEARER, token, request));
		return (caller.token() != null) ? caller.token().subject() : "nobody";
	}

	private VerifiedToken verify(String token) {
		this.verifications.incrementAndGet();
		this.rule.accept(token);
		return new VerifiedToken(new TestingAuthenticationToken(token, null), token, null, null,
				this.clock.instant().plus(Duration.ofHours(1)), null);
	}

}
