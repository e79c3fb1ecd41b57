// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.mcpremote.call.AccessRevoked;
import io.mcpremote.test.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is revoked stays so for as long as it could be shown.
 */
class RememberedRevocationsTests {

	private static final String ISSUER = "https://auth.example.com";

	private static final TokenDigest DIGEST = TokenDigest.of("token");

	private final MutableClock clock = new MutableClock();

	private final List<Object> events = new ArrayList<>();

	private final McpRemoteSecurityProperties properties = new Binder(new MapConfigurationPropertySource(
			Map.of("mcp.remote.security.clock-skew", "1m", "mcp.remote.security.revocation.max-entries", "3")))
		.bindOrCreate("mcp.remote.security", McpRemoteSecurityProperties.class);

	private final TokenMemory memory = new TokenMemory(this.properties.memory(), this.clock);

	private @Nullable ApiKeyRepository keys = (id) -> null;

	private final RememberedRevocations revocations = new RememberedRevocations(this.properties, this.memory,
			() -> this.keys, this.events::add, this.clock);

	@Test
	void isRevokedWhenNothingIsThenFalse() {
		assertThat(this.revocations.isRevoked(DIGEST, token("1", hour()))).isFalse();
		assertThat(this.events).isEmpty();
	}

	@Test
	void revokeTokenThenThatTokenOnly() {
		this.memory.remember(DIGEST, token("1", hour()));
		this.revocations.revokeToken("token");
		assertThat(this.memory.recall(DIGEST)).isNull();
		assertThat(this.revocations.isRevoked(DIGEST, token("1", hour()))).isTrue();
		assertThat(this.revocations.isRevoked(TokenDigest.of("other"), token("2", hour()))).isFalse();
		assertThat(this.events).containsExactly(new AccessRevoked.Token());
	}

	@Test
	void revokeTokenWhenItLivesLongThenRememberedUntilItExpires() {
		Instant expires = this.clock.instant().plus(Duration.ofDays(30));
		String jwt = new PlainJWT(new JWTClaimsSet.Builder().expirationTime(Date.from(expires)).build()).serialize();
		this.memory.remember(DIGEST, token("1", expires));
		this.revocations.revokeToken("token");
		this.revocations.revokeToken(jwt);
		this.clock.advance(Duration.ofDays(30).plusSeconds(60));
		assertThat(this.revocations.isRevoked(DIGEST, token("1", expires))).isTrue();
		assertThat(this.revocations.isRevoked(TokenDigest.of(jwt), token("2", expires))).isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.revocations.isRevoked(DIGEST, token("1", expires))).isFalse();
	}

	@Test
	void revokeTokenWhenLifeIsUnknownThenRememberedForRetention() {
		this.revocations.revokeToken("token");
		this.clock.advance(Duration.ofHours(24));
		assertThat(this.revocations.isRevoked(DIGEST, token("1", hour()))).isTrue();
	}

	@Test
	void revokeTokenIdThenThatOfTheIssuerOnly() {
		this.memory.remember(DIGEST, token("1", hour()));
		this.revocations.revokeTokenId(ISSUER, "1");
		this.revocations.revokeTokenId("https://other.example.com", "2");
		this.revocations.revokeTokenId(null, "3");
		assertThat(this.memory.recall(DIGEST)).isNull();
		assertThat(this.revocations.isRevoked(DIGEST, token("1", hour()))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, token("2", hour()))).isFalse();
		assertThat(this.revocations.isRevoked(DIGEST, token("3", hour()))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, token(null, hour()))).isFalse();
	}

	@Test
	void revokeKeyThenForGood() {
		this.revocations.revokeKey("k1");
		this.clock.advance(Duration.ofDays(10_000));
		assertThat(this.revocations.isRevoked(DIGEST, key("k1"))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, key("k2"))).isFalse();
		// A client of the same name is not a key
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "k1", null))).isFalse();
		assertThat(this.events).containsExactly(new AccessRevoked.Callers("urn:mcp-remote:api-key", null, "k1"));
	}

	@Test
	void revokeCallerThenWhatWasIssuedBefore() {
		Instant now = this.clock.instant();
		this.revocations.revokeCaller(ISSUER, "alice");
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", now.minusSeconds(1)))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", now.plusSeconds(60)))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", now.plusSeconds(61)))).isFalse();
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, null, null))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, issued("bob", ISSUER, "c", now))).isFalse();
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", "https://other.example", "c", now))).isFalse();
		assertThat(this.events).containsExactly(new AccessRevoked.Callers(ISSUER, "alice", null));
	}

	@Test
	void revokeCallerWhenNoIssuerThenOfWhichever() {
		this.revocations.revokeCaller(null, "alice");
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", null))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", null, "c", null))).isTrue();
	}

	@Test
	void revokeCallerWhenOwnerOfKeysThenForGood() {
		Instant now = this.clock.instant();
		this.revocations.revokeCaller(ApiKeyVerifier.ISSUER, "alice");
		this.clock.advance(Duration.ofDays(10_000));
		assertThat(this.revocations.isRevoked(DIGEST, key("k1"))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ApiKeyVerifier.ISSUER, "k2", now))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST,
				issued("alice", ApiKeyVerifier.ISSUER, "k3", now.plus(Duration.ofHours(1)))))
			.isFalse();
		assertThat(this.revocations.isRevoked(DIGEST, issued("bob", ApiKeyVerifier.ISSUER, "k4", now))).isFalse();
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", null))).isFalse();
	}

	@Test
	void revokeCallerWhenOfWhicheverIssuerThenKeysForGood() {
		this.revocations.revokeCaller(null, "alice");
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", null))).isTrue();
		this.clock.advance(Duration.ofHours(25));
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", null))).isFalse();
		assertThat(this.revocations.isRevoked(DIGEST, key("k1"))).isTrue();
	}

	@Test
	void revokeCallerWhenKeysAreStoredThenRevokedThere() {
		JdbcApiKeyStore store = new JdbcApiKeyStore(new JdbcTemplate(TestDatabase.create()), this.clock);
		TestKeys minted = new TestKeys(this.clock);
		ApiKey key = minted.key("alice").key();
		ApiKey other = minted.key("bob").key();
		store.add(key);
		store.add(other);
		this.keys = store;
		this.memory.remember(DIGEST, key(key.id()));
		this.revocations.revokeCaller(null, "alice");
		assertThat(store.findById(key.id()).revoked()).isEqualTo(this.clock.instant());
		assertThat(store.findById(other.id()).revoked()).isNull();
		assertThat(this.memory.recall(DIGEST)).isNull();
		assertThat(this.revocations.isRevoked(DIGEST, key(key.id()))).isTrue();
		// Minted the moment after
		assertThat(this.revocations.isRevoked(DIGEST, key(minted.key("alice").key().id()))).isFalse();
	}

	@Test
	void revokeCallerWhenStoreFailsThenTokensAreRevoked() {
		JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.create());
		jdbc.execute("drop table mcp_remote_api_key");
		this.keys = new JdbcApiKeyStore(jdbc, this.clock);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.revocations.revokeCaller(null, "alice"));
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", null))).isTrue();
		assertThat(this.events).containsExactly(new AccessRevoked.Callers(null, "alice", null));
	}

	@Test
	void revokeWhenFullThenFailsAndForgetsNothing() {
		this.revocations.revokeToken("token");
		this.revocations.revokeKey("k1");
		this.revocations.revokeTokenId(null, "1");
		assertThatIllegalStateException().isThrownBy(() -> this.revocations.revokeCaller(null, "alice"))
			.withMessageContaining("mcp.remote.security.revocation.max-entries");
		// What is known may be revoked again
		this.revocations.revokeToken("token");
		assertThat(this.revocations.isRevoked(DIGEST, token("9", hour()))).isTrue();
		assertThat(this.revocations.isRevoked(DIGEST, key("k1"))).isTrue();
		this.clock.advance(Duration.ofHours(25));
		this.revocations.revokeCaller(null, "alice");
		assertThat(this.revocations.isRevoked(DIGEST, issued("alice", ISSUER, "c", null))).isTrue();
	}

	@Test
	void onKeyRevokedWhenFullThenForgottenAllTheSame() {
		this.revocations.revokeKey("k1");
		this.revocations.revokeKey("k2");
		this.revocations.revokeKey("k3");
		this.memory.remember(DIGEST, new VerifiedToken(new TestingAuthenticationToken("alice", null), "alice",
				ApiKeyVerifier.ISSUER, "k4", hour(), null));
		assertThatIllegalStateException().isThrownBy(() -> this.revocations.onKeyRevoked("k4"));
		assertThat(this.memory.recall(DIGEST)).isNull();
		assertThat(this.events).contains(new AccessRevoked.Callers(ApiKeyVerifier.ISSUER, null, "k4"));
	}

	private Instant hour() {
		return this.clock.instant().plus(Duration.ofHours(1));
	}

	private static VerifiedToken token(@Nullable String id, Instant expires) {
		return new VerifiedToken(new TestingAuthenticationToken("alice", null), "alice", ISSUER, "client", expires,
				null, id, null);
	}

	private static VerifiedToken key(String id) {
		return issued("alice", "urn:mcp-remote:api-key", id, null);
	}

	private static VerifiedToken issued(String subject, @Nullable String issuer, @Nullable String clientId,
			@Nullable Instant issued) {
		return new VerifiedToken(new TestingAuthenticationToken(subject, null), subject, issuer, clientId, Instant.MAX,
				null, null, issued);
	}

}
