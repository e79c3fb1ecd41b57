// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who has a key is let in, and nobody else learns whether there is one.
 */
class ApiKeyVerifierTests {

	private final MutableClock clock = new MutableClock();

	private final TestKeys keys = new TestKeys(this.clock);

	@Test
	void supportsThenOnlyKeys() {
		ApiKeyVerifier verifier = verifier();
		assertThat(verifier.supports("mcpk_")).isTrue();
		assertThat(verifier.supports(this.keys.key("alice").token())).isTrue();
		assertThat(verifier.supports("a.b.c")).isFalse();
		assertThat(verifier.supports("MCPK_a")).isFalse();
	}

	@Test
	void verifyWhenGoodThenOwnerWithScopesAndRoles() {
		MintedApiKey minted = new ApiKeyMint(new Random(1), this.clock).mint("alice", Set.of("read:projects"),
				Set.of("ADMIN"), Duration.ofDays(90));
		VerifiedToken token = verifier(minted).verify(minted.token());
		assertThat(token.subject()).isEqualTo("alice");
		assertThat(token.issuer()).isEqualTo("urn:mcp-remote:api-key");
		assertThat(token.clientId()).isEqualTo(minted.key().id());
		assertThat(token.expires()).isEqualTo(this.clock.instant().plus(Duration.ofDays(90)));
		assertThat(token.issued()).isEqualTo(this.clock.instant());
		assertThat(token.keyThumbprint()).isNull();
		Authentication authentication = token.authentication();
		assertThat(authentication.isAuthenticated()).isTrue();
		assertThat(authentication.getName()).isEqualTo("alice");
		assertThat(authentication.getCredentials()).isEqualTo("");
		assertThat(authentication.getAuthorities()).extracting(Object::toString)
			.containsExactlyInAnyOrder("SCOPE_read:projects", "ROLE_ADMIN");
		assertThat(authentication.toString()).doesNotContain(minted.token());
	}

	@Test
	void verifyWhenKeysOfOneOwnerThenAuthenticationsDiffer() {
		MintedApiKey first = this.keys.key("alice");
		MintedApiKey second = this.keys.key("alice");
		ApiKeyVerifier verifier = verifier(first, second);
		assertThat(verifier.verify(first.token()).authentication())
			.isEqualTo(verifier.verify(first.token()).authentication())
			.isNotEqualTo(verifier.verify(second.token()).authentication());
	}

	@Test
	void verifyWhenNoExpiryThenTimeCanBeReckonedWith() {
		MintedApiKey minted = this.keys.key("alice");
		Instant expires = verifier(minted).verify(minted.token()).expires();
		Duration left = Duration.between(this.clock.instant(), expires);
		assertThat(left.toNanos()).isPositive();
		assertThat(expires.plus(Duration.ofDays(365)).toEpochMilli()).isPositive();
	}

	@Test
	void verifyWhenNotGoodThenSaysWhy() {
		MintedApiKey good = this.keys.key("alice");
		String token = good.token();
		String other = token.substring(0, token.length() - 1) + ((token.endsWith("0")) ? '1' : '0');
		assertFault(TokenFault.UNKNOWN, other, good);
		assertFault(TokenFault.UNKNOWN, token.replace(good.key().id(), "other"), good);
		assertFault(TokenFault.UNKNOWN, token);
		assertFault(TokenFault.MALFORMED, token + "0", good);
		assertFault(TokenFault.MALFORMED, "mcpk_", good);
		Instant now = this.clock.instant();
		assertFault(TokenFault.EXPIRED, token, TestKeys.with(good, now, null));
		assertFault(TokenFault.REVOKED, token, TestKeys.with(good, null, now));
		assertFault(TokenFault.REVOKED, token, TestKeys.with(good, now, now));
		// Without the secret nobody learns of expiry and revocation
		assertFault(TokenFault.UNKNOWN, other, TestKeys.with(good, now, now));
	}

	@Test
	void verifyWhenTimePassesThenExpires() {
		MintedApiKey minted = this.keys.key("alice", Duration.ofHours(1));
		ApiKeyVerifier verifier = verifier(minted);
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(verifier.verify(minted.token()).subject()).isEqualTo("alice");
		this.clock.advance(Duration.ofMinutes(1));
		assertFault(TokenFault.EXPIRED, minted.token(), minted);
	}

	@Test
	void verifyWhenRepositoryFindsAnotherIdThenUnknown() {
		// As a database does that takes upper for lower case
		MintedApiKey minted = this.keys.key("alice");
		ApiKeyVerifier verifier = new ApiKeyVerifier((id) -> minted.key(), this.clock);
		String shown = minted.token().replace(minted.key().id(), "0" + minted.key().id().substring(1) + "1");
		assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> verifier.verify(shown));
	}

	@Test
	void verifyWhenUnknownOrWrongThenRepositoryIsAskedOnceEach() {
		List<String> asked = new ArrayList<>();
		MintedApiKey minted = this.keys.key("alice");
		ApiKeyVerifier verifier = new ApiKeyVerifier((id) -> {
			asked.add(id);
			return (id.equals(minted.key().id())) ? minted.key() : null;
		}, this.clock);
		String wrong = "mcpk_" + minted.key().id() + "_" + "0".repeat(43);
		String unknown = "mcpk_unknown_" + "0".repeat(43);
		assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> verifier.verify(wrong));
		assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> verifier.verify(unknown));
		assertThat(asked).containsExactly(minted.key().id(), "unknown");
	}

	@Test
	void verifyWhenRepositoryFailsThenCannotBeFoundOut() {
		ApiKeyVerifier verifier = new ApiKeyVerifier((id) -> {
			throw new IllegalStateException("down");
		}, this.clock);
		assertThatExceptionOfType(AuthenticationServiceException.class)
			.isThrownBy(() -> verifier.verify(this.keys.key("alice").token()));
	}

	private void assertFault(TokenFault fault, String token, MintedApiKey... known) {
		assertThatExceptionOfType(BadTokenException.class).isThrownBy(() -> verifier(known).verify(token))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(fault));
	}

	private ApiKeyVerifier verifier(MintedApiKey... known) {
		return new ApiKeyVerifier(
				new PropertiesApiKeyRepository(List.of(known).stream().map(MintedApiKey::key).toList()), this.clock);
	}

}
