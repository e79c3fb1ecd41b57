// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.jspecify.annotations.Nullable;

/**
 * Takes back what lets callers in, at once and on this replica: the next request is
 * refused, and open streams end.
 *
 * @since 0.1.0
 */
public interface Revocations {

	/**
	 * Stop accepting a token, and with a JWT all of the same content: the signature of
	 * some can be replaced by another good one.
	 * @param token the token as clients send it
	 * @throws IllegalStateException if no more can be remembered
	 */
	void revokeToken(String token);

	/**
	 * Stop accepting a token.
	 * @param issuer who has issued it, {@code null} for whoever
	 * @param id its identifier, which is the claim {@code jti}
	 * @throws IllegalStateException if no more can be remembered
	 */
	void revokeTokenId(@Nullable String issuer, String id);

	/**
	 * Stop accepting an API key, until this process ends. It should be taken out of where
	 * keys are kept, too.
	 * @param id the identifier of the key
	 * @throws IllegalStateException if no more can be remembered
	 */
	void revokeKey(String id);

	/**
	 * Stop accepting all that has been issued to a caller until now, and end the caller's
	 * sessions. What is issued from now on is accepted. API keys of a store are revoked
	 * there.
	 * @param issuer who vouches for the caller, {@code null} for whoever
	 * @param subject the name of the caller
	 * @throws IllegalStateException if no more can be remembered
	 */
	void revokeCaller(@Nullable String issuer, String subject);

	/**
	 * End a session.
	 * @param id the session's id
	 */
	void endSession(String id);

}
