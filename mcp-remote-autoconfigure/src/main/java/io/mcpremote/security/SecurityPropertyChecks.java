// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.mcpremote.call.StartupException;
import io.mcpremote.policy.ScopeName;
import io.mcpremote.security.McpRemoteSecurityProperties.Issuer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;

/**
 * Refuses configuration with which nobody, or everybody, would be let in.
 */
final class SecurityPropertyChecks {

	private static final Log logger = LogFactory.getLog(SecurityPropertyChecks.class);

	private static final String ALGORITHMS = "(RS|PS|ES)(256|384|512)";

	private static final String BOOT = "spring.security.oauth2.resourceserver.jwt.";

	private static final Duration MAX_SKEW = Duration.ofMinutes(5);

	private static final Duration MIN_RETENTION = Duration.ofMinutes(1);

	private static final Duration MAX_PROOF_LIFETIME = Duration.ofHours(1);

	private SecurityPropertyChecks() {
	}

	static void check(McpRemoteSecurityProperties properties) {
		if (properties.clockSkew().isNegative() || properties.clockSkew().compareTo(MAX_SKEW) > 0) {
			throw invalid("clock-skew", properties.clockSkew(), "It must be between 0s and 5m.");
		}
		for (int i = 0; i < properties.issuers().size(); i++) {
			Issuer issuer = properties.issuers().get(i);
			checkUrl("issuers[" + i + "].uri", issuer.uri());
			if (issuer.jwkSetUri() != null) {
				checkUrl("issuers[" + i + "].jwk-set-uri", issuer.jwkSetUri());
			}
			for (String algorithm : issuer.jwsAlgorithms()) {
				checkAlgorithm("mcp.remote.security.issuers[" + i + "].jws-algorithms", algorithm);
			}
		}
		for (String server : properties.authorizationServers()) {
			checkUrl("authorization-servers", server);
		}
		if (properties.dpop().required() && !properties.dpop().enabled()) {
			throw invalid("dpop.required", true,
					"Proofs cannot be required while mcp.remote.security.dpop.enabled is false.");
		}
		for (String scope : properties.baseScopes()) {
			checkScope(scope);
		}
		McpRemoteSecurityProperties.Revocation revocation = properties.revocation();
		if (revocation.retention().compareTo(MIN_RETENTION) < 0) {
			throw invalid("revocation.retention", revocation.retention(), "It must be at least 1m.");
		}
		positive("revocation.max-entries", revocation.maxEntries());
		McpRemoteSecurityProperties.Memory memory = properties.memory();
		if (memory.timeToLive().isNegative()) {
			throw invalid("memory.time-to-live", memory.timeToLive(), "It must not be negative.");
		}
		positive("memory.max-tokens", memory.maxTokens());
		positive("memory.max-faults", memory.maxFaults());
		positive("memory.faults-per-minute", memory.faultsPerMinute());
	}

	static void check(McpRemoteSecurityProperties properties, OAuth2ResourceServerProperties boot) {
		if (!boot.getJwt().getAudiences().isEmpty() && properties.audiences().isEmpty()) {
			logger.info(BOOT + "audiences is not used for the MCP endpoint, whose tokens are for its own URL. To accept"
					+ " tokens for others, set mcp.remote.security.audiences.");
		}
		for (String algorithm : boot.getJwt().getJwsAlgorithms()) {
			checkAlgorithm(BOOT + "jws-algorithms", algorithm);
		}
	}

	static void checkDpop(McpRemoteSecurityProperties.Dpop dpop) {
		for (String algorithm : dpop.jwsAlgorithms()) {
			if (!algorithm.matches(ALGORITHMS)) {
				throw invalid("dpop.jws-algorithms", algorithm, "Use ES256, PS256, RS256 and the like.");
			}
		}
		if (dpop.proofLifetime().compareTo(Duration.ofSeconds(1)) < 0
				|| dpop.proofLifetime().compareTo(MAX_PROOF_LIFETIME) > 0) {
			throw invalid("dpop.proof-lifetime", dpop.proofLifetime(), "It must be between 1s and 1h.");
		}
		positive("dpop.max-proofs", dpop.maxProofs());
	}

	static void checkVerifiers(List<TokenVerifier> verifiers) {
		if (verifiers.isEmpty()) {
			throw new StartupException(
					"The MCP endpoint needs to know whose access tokens to accept, and nothing is configured.", """
							Add the issuer of your access tokens and the URL under which clients reach the endpoint:

							    spring.security.oauth2.resourceserver.jwt.issuer-uri=https://auth.example.com
							    mcp.remote.public-url=https://mcp.example.com/mcp

							To serve everybody who can reach the endpoint, set mcp.remote.security.enabled=false.""");
		}
	}

	/**
	 * Clients have to be told where to get tokens, and not every way to verify them says
	 * who issues them.
	 * @param issuers the issuers that are known
	 * @param tokens whether access tokens are accepted, and not only API keys
	 */
	static void checkAuthorizationServers(McpRemoteSecurityProperties properties, List<String> issuers,
			boolean tokens) {
		if (!properties.authorizationServers().isEmpty() || !issuers.isEmpty()) {
			return;
		}
		if (!tokens) {
			logger
				.info("API keys are accepted and nothing else: the metadata of the MCP endpoint names no authorization"
						+ " server, and clients have to be given a key.");
			return;
		}
		throw new StartupException(
				"The MCP endpoint accepts access tokens, but it is not known where clients get them.", """
						Name the authorization server, which the endpoint's metadata must do:

						    mcp.remote.security.authorization-servers=https://auth.example.com

						If it issues JWTs, spring.security.oauth2.resourceserver.jwt.issuer-uri does as well.""");
	}

	static StartupException issuerUnknown() {
		return new StartupException(
				"There are mcp.remote.security.issuers, and a JWK set, a public key or a JwtDecoder of which it is not"
						+ " known whose tokens it is for. It would never be used.",
				"Name the issuer with " + BOOT + "issuer-uri, or make it one of mcp.remote.security.issuers with its"
						+ " jwk-set-uri.");
	}

	static StartupException issuerTwice(String issuer) {
		return new StartupException("The issuer " + issuer + " is configured twice, and one would not be used.",
				"Name it once, in " + BOOT + "issuer-uri or in mcp.remote.security.issuers.");
	}

	private static void checkScope(String scope) {
		if (!ScopeName.isValid(scope)) {
			throw invalid("base-scopes", scope, "A scope is printable ASCII without spaces, quotes and backslashes.");
		}
		if ("offline_access".equals(scope)) {
			throw invalid("base-scopes", scope,
					"Whether a client stays logged in is a matter between it and the authorization server.");
		}
	}

	private static void checkAlgorithm(String name, String algorithm) {
		if (!algorithm.matches(ALGORITHMS)) {
			throw new InvalidConfigurationPropertyValueException(name, algorithm,
					"Use algorithms whose keys can be public: RS256, PS256, ES256 and the like.");
		}
	}

	private static void checkUrl(String name, @Nullable String value) {
		boolean valid;
		try {
			URI uri = URI.create((value != null) ? value : "");
			valid = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
		}
		catch (IllegalArgumentException ex) {
			valid = false;
		}
		if (!valid) {
			throw invalid(name, value, "It must be a URL, such as https://auth.example.com.");
		}
	}

	private static void positive(String name, int value) {
		if (value < 1) {
			throw invalid(name, value, "It must be at least 1.");
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value,
			String reason) {
		return new InvalidConfigurationPropertyValueException("mcp.remote.security." + name, value, reason);
	}

}
