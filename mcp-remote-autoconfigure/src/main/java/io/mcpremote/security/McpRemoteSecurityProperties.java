// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Properties of authentication.
 *
 * @param enabled Whether callers of the endpoint are authenticated.
 * @param baseScopes Comma-separated list of scopes a client asks for to begin with. Those
 * that single tools need are asked for when they are called.
 * @param audiences Comma-separated list of audiences that tokens may have instead of the
 * public URL.
 * @param authorizationServers Comma-separated list of identifiers of the authorization
 * servers where clients get tokens. By default the issuers.
 * @param metadataMirror Whether the metadata of the first authorization server is served
 * where clients of revision 2025-03-26 look for it.
 * @param tenantClaim Claim of tokens that names the tenant of the caller, if there are
 * any.
 * @param clockSkew Time by which the clocks of issuers may differ from this one.
 * @param issuers Issuers whose tokens are accepted, if there are several.
 * @param memory What is remembered of tokens.
 * @param dpop What is asked of tokens that are bound to a key.
 * @param revocation What is remembered of revocations.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.security")
public record McpRemoteSecurityProperties(@DefaultValue("true") boolean enabled, @DefaultValue Set<String> baseScopes,
		@DefaultValue Set<String> audiences, @DefaultValue Set<String> authorizationServers,
		@DefaultValue("false") boolean metadataMirror, @Nullable String tenantClaim,
		@DefaultValue("60s") Duration clockSkew, @DefaultValue List<Issuer> issuers, @DefaultValue Memory memory,
		@DefaultValue Dpop dpop, @DefaultValue Revocation revocation) {

	/**
	 * An issuer of access tokens.
	 *
	 * @param uri Identifier of the issuer, which is the value of the claim 'iss'.
	 * @param jwkSetUri Where its keys are. Taken from the issuer's metadata if not set.
	 * @param jwsAlgorithms Comma-separated list of algorithms its tokens may be signed
	 * with.
	 */
	public record Issuer(@Name("uri") String uri, @Nullable String jwkSetUri,
			@DefaultValue("RS256") Set<String> jwsAlgorithms) {

	}

	/**
	 * What is remembered of tokens.
	 *
	 * @param timeToLive Longest time for which a verified token is not verified again.
	 * @param maxTokens Number of verified tokens that are remembered.
	 * @param maxFaults Number of tokens found bad that are remembered.
	 * @param faultsPerMinute Number of bad tokens from one address within a minute after
	 * which its unknown tokens are no longer looked at.
	 */
	public record Memory(@DefaultValue("60s") Duration timeToLive, @DefaultValue("10000") int maxTokens,
			@DefaultValue("10000") int maxFaults, @DefaultValue("60") int faultsPerMinute) {

	}

	/**
	 * What is asked of tokens that are bound to a key.
	 *
	 * @param enabled Whether tokens that are bound to a key are accepted together with a
	 * proof of possession.
	 * @param required Whether tokens that are not bound to a key are refused.
	 * @param jwsAlgorithms Comma-separated list of algorithms that proofs may be signed
	 * with, by default ES256, PS256 and RS256.
	 * @param proofLifetime Time before and after its making for which a proof is
	 * accepted.
	 * @param maxProofs Number of used proofs that are remembered. A tenth of them may be
	 * those of one key. Proofs above are refused.
	 */
	public record Dpop(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean required,
			@DefaultValue Set<String> jwsAlgorithms, @DefaultValue("5m") Duration proofLifetime,
			@DefaultValue("200000") int maxProofs) {

		public Dpop {
			if (jwsAlgorithms.isEmpty()) {
				jwsAlgorithms = new LinkedHashSet<>(List.of("ES256", "PS256", "RS256"));
			}
		}

	}

	/**
	 * What is remembered of revocations.
	 *
	 * @param retention Time for which what is revoked is refused, unless it is known how
	 * long it could be used. As long as the life of the tokens that live longest.
	 * @param maxEntries Number of revocations that are remembered. Further ones fail.
	 */
	public record Revocation(@DefaultValue("24h") Duration retention, @DefaultValue("10000") int maxEntries) {

	}

}
