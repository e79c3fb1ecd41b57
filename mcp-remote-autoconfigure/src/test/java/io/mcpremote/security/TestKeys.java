// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.mcpremote.test.UsedSecrets;
import io.mcpremote.test.UsedSecrets.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Keys for tests, the same ones each time.
 */
final class TestKeys {

	private final ApiKeyMint mint;

	TestKeys(Clock clock) {
		this.mint = new ApiKeyMint(new Random(42), clock);
	}

	MintedApiKey key(String owner, String... scopes) {
		return key(owner, null, scopes);
	}

	MintedApiKey key(String owner, @Nullable Duration validFor, String... scopes) {
		MintedApiKey minted = this.mint.mint(owner, Set.of(scopes), Set.of(), validFor);
		UsedSecrets.add(Kind.API_KEY, minted.token().substring(minted.token().lastIndexOf('_') + 1));
		return minted;
	}

	static MintedApiKey with(MintedApiKey minted, @Nullable Instant expires, @Nullable Instant revoked) {
		ApiKey key = minted.key();
		return new MintedApiKey(new ApiKey(key.id(), key.digest(), key.owner(), key.scopes(), key.roles(),
				key.created(), expires, revoked), minted.token());
	}

	/**
	 * Return the properties with which an application accepts keys.
	 */
	static List<String> properties(MintedApiKey... keys) {
		return IntStream.range(0, keys.length).boxed().flatMap((i) -> {
			ApiKey key = keys[i].key();
			String prefix = "mcp.remote.security.api-key.keys[" + i + "].";
			return Stream
				.of("id=" + key.id(), "digest=" + key.digest(), "owner=" + key.owner(),
						"scopes=" + String.join(",", key.scopes()), "roles=" + String.join(",", key.roles()),
						"expires=" + ((key.expires() != null) ? key.expires() : ""))
				.filter((line) -> !line.endsWith("="))
				.map((line) -> prefix + line);
		}).toList();
	}

	static String digest(String key) {
		return HexFormat.of().formatHex(ApiKeyFormat.digest(key));
	}

}
