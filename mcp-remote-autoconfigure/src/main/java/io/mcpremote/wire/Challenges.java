// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients where and for what to get a token, in the words of RFC 6750 and RFC 9728.
 *
 * @since 0.1.0
 */
public final class Challenges {

	private static final String HEADER = "WWW-Authenticate";

	private final Supplier<String> metadataUrl;

	private final Collection<String> baseScopes;

	/**
	 * Create challenges.
	 * @param metadataUrl where the metadata of this resource is
	 * @param baseScopes what a client asks for to begin with
	 */
	public Challenges(String metadataUrl, Collection<String> baseScopes) {
		this(() -> metadataUrl, baseScopes);
	}

	/**
	 * Create challenges.
	 * @param metadataUrl where the metadata of this resource is, once that is known
	 * @param baseScopes what a client asks for to begin with
	 */
	public Challenges(Supplier<String> metadataUrl, Collection<String> baseScopes) {
		this.metadataUrl = metadataUrl;
		this.baseScopes = baseScopes;
	}

	/**
	 * Refuse a call that came without a token.
	 * @return the refusal
	 */
	public Refusal unauthenticated() {
		return new Refusal(RefusalReason.UNAUTHENTICATED,
				"This needs an access token. The WWW-Authenticate header of " + "this answer says where to get one.",
				Map.of(), Map.of(HEADER, bearer(null, this.baseScopes, null)));
	}

	/**
	 * Refuse a call whose token is not accepted.
	 * @param fault the class of the fault, in words that contain no value
	 * @return the refusal
	 */
	public Refusal invalidToken(String fault) {
		return new Refusal(RefusalReason.UNAUTHENTICATED, "The access token is not accepted: " + fault + ".", Map.of(),
				Map.of(HEADER, bearer("invalid_token", this.baseScopes, fault)));
	}

	/**
	 * Refuse a call whose token lacks scopes.
	 * @param scopes all scopes that the call needs
	 * @return the refusal
	 */
	public Refusal insufficientScope(Collection<String> scopes) {
		return new Refusal(RefusalReason.INSUFFICIENT_SCOPE,
				"The access token lacks a scope that this call needs. Needed are: " + String.join(" ", scopes) + ".",
				Map.of("scopes", scopes), Map.of(HEADER, bearer("insufficient_scope", scopes, null)));
	}

	private String bearer(@Nullable String error, Collection<String> scopes, @Nullable String description) {
		StringBuilder challenge = new StringBuilder("Bearer ");
		if (error != null) {
			parameter(challenge, "error", error).append(", ");
		}
		if (description != null) {
			parameter(challenge, "error_description", description).append(", ");
		}
		if (!scopes.isEmpty()) {
			parameter(challenge, "scope", String.join(" ", scopes)).append(", ");
		}
		return parameter(challenge, "resource_metadata", this.metadataUrl.get()).toString();
	}

	/**
	 * Append a quoted parameter, without what could end the quotes or the header.
	 */
	private static StringBuilder parameter(StringBuilder challenge, String name, String value) {
		challenge.append(name).append("=\"");
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '"' || c == '\\') {
				challenge.append('\\').append(c);
			}
			else {
				challenge.append((c >= ' ' && c < 0x7f) ? c : '?');
			}
		}
		return challenge.append('"');
	}

}
