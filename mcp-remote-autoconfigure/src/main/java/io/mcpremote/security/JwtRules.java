// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What must be true of the claims of an access token. Names the fault instead of
 * describing it with values, which is why Spring Security's validators are not used.
 */
final class JwtRules {

	private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

	private final @Nullable String issuer;

	private final Supplier<? extends Collection<String>> audiences;

	private final Duration clockSkew;

	private final Clock clock;

	/**
	 * Create rules.
	 * @param issuer the only issuer, {@code null} if the keys alone decide
	 * @param audiences of which a token must name one
	 */
	JwtRules(@Nullable String issuer, Supplier<? extends Collection<String>> audiences, Duration clockSkew,
			Clock clock) {
		this.issuer = issuer;
		this.audiences = audiences;
		this.clockSkew = clockSkew;
		this.clock = clock;
	}

	/**
	 * Return what is wrong with a token, {@code null} if nothing is.
	 */
	@Nullable TokenFault fault(Jwt jwt) {
		Object type = jwt.getHeaders().get("typ");
		if (type != null && !TYPES.contains(type.toString().toLowerCase(Locale.ROOT))) {
			return TokenFault.TYPE;
		}
		if (this.issuer != null && !this.issuer.equals(jwt.getClaimAsString("iss"))) {
			return TokenFault.ISSUER;
		}
		List<String> audience = jwt.getAudience();
		if (audience == null || Collections.disjoint(audience, this.audiences.get())) {
			return TokenFault.AUDIENCE;
		}
		return time(jwt);
	}

	private @Nullable TokenFault time(Jwt jwt) {
		Instant now = this.clock.instant();
		Instant expires = jwt.getExpiresAt();
		if (expires == null) {
			return TokenFault.NO_EXPIRY;
		}
		if (!now.minus(this.clockSkew).isBefore(expires)) {
			return TokenFault.EXPIRED;
		}
		Instant notBefore = jwt.getNotBefore();
		return (notBefore != null && now.plus(this.clockSkew).isBefore(notBefore)) ? TokenFault.NOT_YET_VALID : null;
	}

}
