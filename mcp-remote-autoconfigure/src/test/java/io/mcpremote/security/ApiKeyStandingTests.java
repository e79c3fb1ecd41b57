// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.mcpremote.test.MutableClock;
import io.mcpremote.wire.Challenges;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a key where it is kept is noticed after a minute, without waiting.
 */
class ApiKeyStandingTests {

	private final MutableClock clock = new MutableClock();

	private final TestKeys keys = new TestKeys(this.clock);

	private final Map<String, ApiKey> kept = new HashMap<>();

	private final List<String> asked = new ArrayList<>();

	private final List<Runnable> tasks = new ArrayList<>();

	private final ApiKeyStanding standing = new ApiKeyStanding(this::find, this.tasks::add, this.clock);

	private RuntimeException failure;

	@Test
	void isGoodWhenKeyIsRevokedElsewhereThenNotAfterAMinute() {
		MintedApiKey minted = keep(this.keys.key("alice"));
		VerifiedToken token = token(minted.key());
		assertThat(this.standing.isGood(token)).isTrue();
		keep(TestKeys.with(minted, null, this.clock.instant()));
		assertThat(goodAfter(Duration.ofSeconds(59), token)).isTrue();
		assertThat(this.asked).isEmpty();
		assertThat(goodAfter(Duration.ofSeconds(2), token)).isFalse();
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void isGoodWhenRepositoryTakesItsTimeThenDoesNotWait() {
		MintedApiKey minted = this.keys.key("alice");
		VerifiedToken token = token(minted.key());
		this.standing.isGood(token);
		this.clock.advance(Duration.ofMinutes(1).plusSeconds(1));
		for (int i = 0; i < 10; i++) {
			assertThat(this.standing.isGood(token)).isTrue();
		}
		assertThat(this.asked).isEmpty();
		run();
		assertThat(this.asked).hasSize(1);
		assertThat(this.standing.isGood(token)).isFalse();
	}

	@Test
	void isGoodWhenRepositoryFailsThenAsBefore() {
		VerifiedToken token = token(keep(this.keys.key("alice")).key());
		this.standing.isGood(token);
		this.failure = new IllegalStateException("away");
		for (int i = 0; i < 3; i++) {
			assertThat(goodAfter(Duration.ofSeconds(61), token)).isTrue();
		}
		assertThat(this.asked).hasSize(3);
		this.failure = null;
		this.kept.clear();
		assertThat(goodAfter(Duration.ofSeconds(61), token)).isFalse();
	}

	@Test
	void isGoodWhenNoKeyThenNobodyIsAsked() {
		VerifiedToken token = new VerifiedToken(new TestingAuthenticationToken("alice", null), "alice",
				"https://auth.example.com", "client", this.clock.instant(), null);
		this.standing.isGood(token);
		assertThat(goodAfter(Duration.ofHours(1), token)).isTrue();
		assertThat(this.asked).isEmpty();
	}

	@Test
	void standingWhenKeyIsTakenAwayThenOver() {
		MintedApiKey minted = keep(this.keys.key("alice"));
		McpRemoteSecurityProperties properties = new Binder(new MapConfigurationPropertySource())
			.bindOrCreate("mcp.remote.security", McpRemoteSecurityProperties.class);
		RememberedRevocations revocations = new RememberedRevocations(properties,
				new TokenMemory(properties.memory(), this.clock), () -> this::find, (event) -> {
				}, this.clock);
		TokenCallerResolver resolver = new TokenCallerResolver(new Challenges(() -> "", Set.of()), revocations,
				this.standing, null, this.clock);
		MockHttpServletRequest request = new MockHttpServletRequest();
		RequestCaller.of(token(minted.key()), TokenDigest.of(minted.token())).bind(request);
		BooleanSupplier standing = resolver.standing(request);
		assertThat(standing.getAsBoolean()).isTrue();
		this.kept.clear();
		this.clock.advance(Duration.ofSeconds(61));
		standing.getAsBoolean();
		run();
		assertThat(standing.getAsBoolean()).isFalse();
	}

	private boolean goodAfter(Duration time, VerifiedToken token) {
		this.clock.advance(time);
		this.standing.isGood(token);
		run();
		return this.standing.isGood(token);
	}

	private void run() {
		List<Runnable> due = new ArrayList<>(this.tasks);
		this.tasks.clear();
		due.forEach(Runnable::run);
	}

	private ApiKey find(String id) {
		this.asked.add(id);
		if (this.failure != null) {
			throw this.failure;
		}
		return this.kept.get(id);
	}

	private MintedApiKey keep(MintedApiKey minted) {
		this.kept.put(minted.key().id(), minted.key());
		return minted;
	}

	private static VerifiedToken token(ApiKey key) {
		return new VerifiedToken(new TestingAuthenticationToken(key.owner(), null), key.owner(), ApiKeyVerifier.ISSUER,
				key.id(), Instant.MAX, null);
	}

}
