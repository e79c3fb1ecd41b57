// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.security.Revocations;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Actuator endpoint to take back a token, an API key, a caller or a session, for
 * operators only, whatever the application's own rules say of the path.
 *
 * @since 0.1.0
 */
@Endpoint(id = "mcpRevocations")
public final class McpRevocationsEndpoint {

	private static final String REASON = "Name one of token, tokenId, key, subject and session,"
			+ " and an issuer only with tokenId or subject";

	private static final String REFUSAL = "Only operators may revoke. Log in as somebody who has their role, which is named by "
			+ OperatorRole.PROPERTY;

	private final Revocations revocations;

	private final OperatorRole role;

	McpRevocationsEndpoint(Revocations revocations, OperatorRole role) {
		this.revocations = revocations;
		this.role = role;
	}

	/**
	 * Revoke one thing.
	 * @param token a token as clients send it
	 * @param tokenId the identifier of a token
	 * @param key the identifier of an API key
	 * @param subject the name of a caller
	 * @param session the id of a session
	 * @param issuer the issuer of the token or the caller, whichever if not given
	 * @return a refusal, {@code null} if it is revoked
	 */
	@WriteOperation
	public @Nullable WebEndpointResponse<Map<String, String>> revoke(@Nullable String token, @Nullable String tokenId,
			@Nullable String key, @Nullable String subject, @Nullable String session, @Nullable String issuer) {
		if (!this.role.isOf(SecurityContextHolder.getContext().getAuthentication())) {
			return new WebEndpointResponse<>(Map.of("error", REFUSAL), HttpStatus.FORBIDDEN.value());
		}
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
		return null;
	}

	private static boolean given(@Nullable String value) {
		return value != null && !value.isBlank();
	}

}
