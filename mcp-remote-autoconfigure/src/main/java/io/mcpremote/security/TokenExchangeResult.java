// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * How an exchange ended, for all who waited for it.
 *
 * @param token the token for the service
 * @param failure why there is none
 * @param until until when the token is used
 */
record TokenExchangeResult(@Nullable OAuth2AccessToken token, @Nullable TokenExchangeException failure, Instant until) {

	String value() {
		if (this.token == null) {
			// A new one, since this is another thread than the one that failed
			String message = (this.failure != null) ? this.failure.getMessage() : null;
			throw new TokenExchangeException(String.valueOf(message), this.failure);
		}
		return this.token.getTokenValue();
	}

	@Override
	public String toString() {
		return "TokenExchangeResult[until=" + this.until + "]";
	}

}
