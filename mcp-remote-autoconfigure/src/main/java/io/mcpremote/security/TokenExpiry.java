// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jwt.JWTParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a token expires without verifying it, for whoever only wants to know for how
 * long not to accept it.
 */
final class TokenExpiry {

	private TokenExpiry() {
	}

	static @Nullable Instant claimed(String token) {
		try {
			Date expires = JWTParser.parse(token).getJWTClaimsSet().getExpirationTime();
			return (expires != null) ? expires.toInstant() : null;
		}
		catch (ParseException | RuntimeException ex) {
			return null;
		}
	}

}
