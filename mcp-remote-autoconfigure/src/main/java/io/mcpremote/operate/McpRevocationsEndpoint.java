// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.stream.Stream;

import io.mcpremote.security.Revocations;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint to take back a token, an API key, a caller or a session.
 *
 * @since 0.1.0
 */
@Endpoint(id = "mcpRevocations")
public final class McpRevocationsEndpoint {

	private static final String REASON = "Name one of token, tokenId, key, subject and session,"
			+ " and an issuer only with tokenId or subject";

	private final Revocations revocations;

	McpRevocationsEndpoint(Revocations revocations) {
		this.revocations = revocations;
	}

	/**
	 * Revoke one thing.
	 * @param token a token as clients send it
	 * @param tokenId the identifier of a token
	 * @param key the identifier of an API key
	 * @param subject the name of a caller
	 * @param session the id of a session
	 * @param issuer the issuer of the token or the caller, whichever if not given
	 */
	@WriteOperation
	public void revoke(@Nullable String token, @Nullable String tokenId, @Nullable String key, @Nullable String subject,
			@Nullable String session, @Nullable String issuer) {
		long named = Stream.of(given(token), given(tokenId), given(key), given(subject), given(session))
			.filter((given) -> given)
			.count();
		if (named != 1 || (given(issuer) && !given(tokenId) && !given(subject))) {
			throw new InvalidEndpointRequestException(REASON, REASON);
		}
		String from = (given(issuer)) ? issuer : null;
		if (token != null && given(token)) {
			this.revocations.revokeToken(token);
		}
		else if (tokenId != null && given(tokenId)) {
			this.revocations.revokeTokenId(from, tokenId);
		}
		else if (key != null && given(key)) {
			this.revocations.revokeKey(key);
		}
		else if (subject != null && given(subject)) {
			this.revocations.revokeCaller(from, subject);
		}
		else if (session != null) {
			this.revocations.endSession(session);
		}
	}

	private static boolean given(@Nullable String value) {
		return value != null && !value.isBlank();
	}

}
