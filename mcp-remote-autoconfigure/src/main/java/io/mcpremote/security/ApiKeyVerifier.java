// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.mcpremote.call.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Verifies API keys.
 */
final class ApiKeyVerifier implements TokenVerifier {

	static final String ISSUER = Caller.API_KEY_ISSUER;

	/**
	 * The digest of no key.
	 */
	private static final String NOTHING = "0".repeat(64);

	/**
	 * The expiry of keys without one: later than any process ends, and near enough for
	 * arithmetic in nanoseconds.
	 */
	private static final Duration NEVER = Duration.ofDays(36_500);

	private final ApiKeyRepository repository;

	private final Clock clock;

	ApiKeyVerifier(ApiKeyRepository repository, Clock clock) {
		this.repository = repository;
		this.clock = clock;
	}

	@Override
	public boolean supports(String token) {
		return ApiKeyFormat.isKey(token);
	}

	@Override
	public VerifiedToken verify(String token) {
		String id = ApiKeyFormat.id(token);
		if (id == null) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		ApiKey key = find(id);
		// An unknown id is compared as well, so that time does not tell it from a wrong
		// secret
		byte[] expected = HexFormat.of().parseHex((key != null) ? key.digest() : NOTHING);
		boolean same = MessageDigest.isEqual(expected, ApiKeyFormat.digest(token));
		if (!same || key == null) {
			throw new BadTokenException(TokenFault.UNKNOWN);
		}
		// Only who has the key learns more of it
		if (key.revoked() != null) {
			throw new BadTokenException(TokenFault.REVOKED);
		}
		Instant now = this.clock.instant();
		if (key.isExpired(now)) {
			throw new BadTokenException(TokenFault.EXPIRED);
		}
		return new VerifiedToken(new ApiKeyAuthentication(key.owner(), id, authorities(key)), key.owner(), ISSUER, id,
				(key.expires() != null) ? key.expires() : now.plus(NEVER), null, null, key.created());
	}

	private @Nullable ApiKey find(String id) {
		try {
			return this.repository.findById(id);
		}
		catch (RuntimeException ex) {
			throw new AuthenticationServiceException("The repository of API keys cannot be asked about a key", ex);
		}
	}

	private static List<GrantedAuthority> authorities(ApiKey key) {
		List<GrantedAuthority> authorities = new ArrayList<>();
		key.scopes().forEach((scope) -> authorities.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
		key.roles().forEach((role) -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role)));
		return authorities;
	}

}
