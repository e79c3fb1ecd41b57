// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients where and for what to get a token, in the words of RFC 6750, RFC 9449 and
 * RFC 9728.
 *
 * @since 0.1.0
 */
public final class Challenges {

	private static final String HEADER = "WWW-Authenticate";

	private final Supplier<String> metadataUrl;

	private final Collection<String> baseScopes;

	private final Collection<String> proofAlgorithms;

	private final boolean proofRequired;

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
		this(metadataUrl, baseScopes, List.of(), false);
	}

	private Challenges(Supplier<String> metadataUrl, Collection<String> baseScopes, Collection<String> proofAlgorithms,
			boolean proofRequired) {
		this.metadataUrl = metadataUrl;
		this.baseScopes = baseScopes;
		this.proofAlgorithms = proofAlgorithms;
		this.proofRequired = proofRequired;
	}

	/**
	 * Return challenges of a server that accepts tokens bound to a key.
	 * @param algorithms with which proofs of possession may be signed
	 * @param required whether it accepts no others
	 * @return the challenges
	 */
	public Challenges withProofs(Collection<String> algorithms, boolean required) {
		return new Challenges(this.metadataUrl, this.baseScopes, algorithms, required);
	}

	/**
	 * Refuse a call that came without a token.
	 * @return the refusal
	 */
	public Refusal unauthenticated() {
		return new Refusal(RefusalReason.UNAUTHENTICATED,
				"This needs an access token. The WWW-Authenticate header of this answer says where to get one.",
				Map.of(), Map.of(HEADER, usual(null, this.baseScopes, null)));
	}

	/**
	 * Refuse a call whose token is not accepted.
	 * @param fault the class of the fault, in words that contain no value
	 * @return the refusal
	 */
	public Refusal invalidToken(String fault) {
		return new Refusal(RefusalReason.UNAUTHENTICATED, "The access token is not accepted: " + fault + ".", Map.of(),
				Map.of(HEADER, usual("invalid_token", this.baseScopes, fault)));
	}

	/**
	 * Refuse a call whose token, shown as one that is bound to a key, is not accepted.
	 * @param fault the class of the fault, in words that contain no value
	 * @return the refusal
	 */
	public Refusal invalidBoundToken(String fault) {
		return new Refusal(RefusalReason.UNAUTHENTICATED, "The access token is not accepted: " + fault + ".", Map.of(),
				Map.of(HEADER, bound("invalid_token", this.baseScopes, fault)));
	}

	/**
	 * Refuse a call that does not prove that the caller has the key of the token.
	 * @param fault the class of the fault, in words that contain no value
	 * @return the refusal
	 */
	public Refusal invalidProof(String fault) {
		return new Refusal(RefusalReason.UNAUTHENTICATED, "The access token is not accepted: " + fault + ".", Map.of(),
				Map.of(HEADER, bound("invalid_dpop_proof", this.baseScopes, fault)));
	}

	/**
	 * Refuse a call whose token lacks scopes.
	 * @param scopes all scopes that the call needs
	 * @param kept others that the client is to ask for with them
	 * @return the refusal
	 */
	public Refusal insufficientScope(Collection<String> scopes, Collection<String> kept) {
		Set<String> asked = new LinkedHashSet<>(scopes);
		asked.addAll(kept);
		return new Refusal(RefusalReason.INSUFFICIENT_SCOPE,
				"The access token lacks a scope that this call needs. Needed are: " + String.join(" ", scopes) + ".",
				Map.of("scopes", scopes), Map.of(HEADER, usual("insufficient_scope", asked, null)));
	}

	private String usual(@Nullable String error, Collection<String> scopes, @Nullable String description) {
		return (this.proofRequired) ? bound(error, scopes, description)
				: challenge("Bearer ", error, scopes, description);
	}

	private String bound(@Nullable String error, Collection<String> scopes, @Nullable String description) {
		if (this.proofAlgorithms.isEmpty()) {
			return challenge("Bearer ", error, scopes, description);
		}
		StringBuilder algorithms = new StringBuilder();
		parameter(algorithms, "algs", String.join(" ", this.proofAlgorithms));
		return challenge("DPoP " + algorithms + ", ", error, scopes, description);
	}

	private String challenge(String start, @Nullable String error, Collection<String> scopes,
			@Nullable String description) {
		StringBuilder challenge = new StringBuilder(start);
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
