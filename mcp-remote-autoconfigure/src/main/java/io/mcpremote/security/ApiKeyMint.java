// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Makes new keys.
 */
final class ApiKeyMint {

	private final RandomGenerator random;

	private final Clock clock;

	/**
	 * Create a mint.
	 * @param random the source of secrets, which must not be predictable
	 * @param clock the time
	 */
	ApiKeyMint(RandomGenerator random, Clock clock) {
		this.random = random;
		this.clock = clock;
	}

	MintedApiKey mint(String owner, Set<String> scopes, Set<String> roles, @Nullable Duration validFor) {
		String id = ApiKeyFormat.newId(this.random);
		String token = ApiKeyFormat.newKey(id, this.random);
		// Stores and configuration keep seconds
		Instant created = now().truncatedTo(ChronoUnit.SECONDS);
		Instant expires = (validFor != null) ? now().plus(validFor).truncatedTo(ChronoUnit.SECONDS) : null;
		String digest = HexFormat.of().formatHex(ApiKeyFormat.digest(token));
		return new MintedApiKey(new ApiKey(id, digest, owner, scopes, roles, created, expires, null), token);
	}

	Instant now() {
		return this.clock.instant();
	}

}
