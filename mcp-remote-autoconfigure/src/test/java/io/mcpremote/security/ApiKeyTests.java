// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How keys look, and what is kept of them.
 */
class ApiKeyTests {

	private static final String SECRET = "0123456789012345678901234567890123456789abc";

	private static final String DIGEST = "0123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdefABCD";

	private final TestKeys keys = new TestKeys(Clock.systemUTC());

	@Test
	void mintThenSecretsHave256BitsAndDiffer() {
		ApiKeyMint mint = new ApiKeyMint(new SecureRandom(), Clock.systemUTC());
		Set<String> tokens = new HashSet<>();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			MintedApiKey minted = mint.mint("alice", Set.of(), Set.of(), null);
			assertThat(minted.token()).matches("mcpk_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}");
			tokens.add(minted.token().substring(18));
			ids.add(minted.key().id());
		}
		assertThat(tokens).hasSize(100);
		assertThat(ids).hasSize(100);
		assertThat(Math.pow(62, 43)).isGreaterThan(Math.pow(2, 256));
	}

	@Test
	void mintThenDigestIsThatOfTheWholeKey() {
		MintedApiKey minted = this.keys.key("alice");
		assertThat(minted.key().digest()).isEqualTo(TestKeys.digest(minted.token()));
		assertThat(ApiKeyFormat.id(minted.token())).isEqualTo(minted.key().id());
	}

	@Test
	void digestThenThatOfEverySha256Tool() {
		assertThat(TestKeys.digest("mcpk_ci_secret"))
			.isEqualTo("84348b145624b8b4dc9eca850ac8d17d8ae03912bc03b34cbf563df4b00c781e");
	}

	@Test
	void toStringThenNoSecret() {
		MintedApiKey minted = this.keys.key("alice");
		assertThat(minted.toString()).contains("alice", "******").doesNotContain(minted.token());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "mcpk_", "mcpk_a", "mcpk_a_", "mcpk__" + SECRET, "mcpk_a" + SECRET,
			"mcpk_a_b_" + SECRET, "mcpk_a_" + SECRET + "x", "mcpk_a_x" + SECRET + "=", "mcpk_a.b_" + SECRET,
			"MCPK_a_" + SECRET, "mcpk_a_012345678901234567890123456789012345678901-" })
	void idWhenMalformedThenNull(String key) {
		assertThat(ApiKeyFormat.id(key)).isNull();
	}

	@Test
	void idWhenOwnIdThenRead() {
		assertThat(ApiKeyFormat.id("mcpk_ci-2026_" + SECRET)).isEqualTo("ci-2026");
	}

	@Test
	void createWhenNotValidThenRefusedWithoutValue() {
		assertInvalid("id", () -> key("mcpk_a_" + SECRET, DIGEST, "alice", Set.of(), Set.of()));
		assertInvalid("id", () -> key("", DIGEST, "alice", Set.of(), Set.of()));
		assertInvalid("digest", () -> key("a", "mcpk_a_" + SECRET, "alice", Set.of(), Set.of()));
		assertInvalid("digest", () -> key("a", DIGEST + "00", "alice", Set.of(), Set.of()));
		assertInvalid("owner", () -> key("a", DIGEST, " ", Set.of(), Set.of()));
		assertInvalid("owner", () -> key("a", DIGEST, "a\nb", Set.of(), Set.of()));
		assertInvalid("owner", () -> key("a", DIGEST, "a".repeat(256), Set.of(), Set.of()));
		assertInvalid("scopes", () -> key("a", DIGEST, "alice", Set.of("a b"), Set.of()));
		assertInvalid("scopes", () -> key("a", DIGEST, "alice", Set.of(""), Set.of()));
		assertInvalid("roles", () -> key("a", DIGEST, "alice", Set.of(), Set.of("ROLE_ADMIN")));
	}

	@Test
	void isLiveThenUntilExpiryAndRevocation() {
		Instant now = Instant.parse("2026-08-01T12:00:00Z");
		MintedApiKey minted = this.keys.key("alice");
		assertThat(minted.key().isLive(now)).isTrue();
		assertThat(TestKeys.with(minted, now.plusSeconds(1), null).key().isLive(now)).isTrue();
		assertThat(TestKeys.with(minted, now, null).key().isLive(now)).isFalse();
		assertThat(TestKeys.with(minted, null, now).key().isLive(now)).isFalse();
	}

	private static void assertInvalid(String name, Runnable creation) {
		assertThatIllegalArgumentException().isThrownBy(creation::run)
			.withMessageStartingWith("The " + name + " of an API key is not valid. ")
			.withMessageNotContaining(SECRET);
	}

	private static ApiKey key(String id, String digest, String owner, Set<String> scopes, Set<String> roles) {
		return new ApiKey(id, digest, owner, scopes, roles, null, null, null);
	}

}
