// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Enumeration;

import io.mcpremote.wire.EndpointLocation;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * Checks proofs of possession as RFC 9449 has them, each for one request. Spring
 * Security's decoder of proofs is not used: it takes any algorithm of two families,
 * verifies signatures of keys nobody has asked for, and makes up a time of issue where
 * there is none but an expiry.
 */
final class DpopProofs implements ProofOfPossession {

	private static final String HEADER = "DPoP";

	private final McpRemoteSecurityProperties.Dpop properties;

	private final EndpointLocation location;

	private final UsedProofs used;

	private final Clock clock;

	DpopProofs(McpRemoteSecurityProperties.Dpop properties, EndpointLocation location, UsedProofs used, Clock clock) {
		this.properties = properties;
		this.location = location;
		this.used = used;
		this.clock = clock;
	}

	@Override
	public boolean isRequired() {
		return this.properties.required();
	}

	@Override
	public void check(Credential credential, String thumbprint) {
		HttpServletRequest request = credential.request();
		DpopProof.Claims claims = DpopProof.read(header(request), this.properties.jwsAlgorithms()).claims(thumbprint);
		String id = claims.text("jti");
		Date issued = claims.issued();
		if (id == null || issued == null || !digest(credential.token()).equals(claims.text("ath"))) {
			throw new BadTokenException(TokenFault.PROOF);
		}
		if (!request.getMethod().equals(claims.text("htm")) || !isHere(claims.text("htu"))) {
			throw new BadTokenException(TokenFault.PROOF_TARGET);
		}
		Duration age = Duration.between(issued.toInstant(), this.clock.instant());
		if (age.abs().compareTo(this.properties.proofLifetime()) > 0) {
			throw new BadTokenException(TokenFault.PROOF_TIME);
		}
		use(thumbprint, id, issued.toInstant().plus(this.properties.proofLifetime()));
	}

	/**
	 * In the end, so that only what would otherwise be accepted is remembered.
	 */
	private void use(String thumbprint, String id, Instant expires) {
		boolean first;
		try {
			first = this.used.use(thumbprint, digest(id), expires);
		}
		catch (RuntimeException ex) {
			throw new AuthenticationServiceException("It cannot be remembered that a proof of possession was used", ex);
		}
		if (!first) {
			throw new BadTokenException(TokenFault.PROOF_USED);
		}
	}

	private static String header(HttpServletRequest request) {
		Enumeration<String> headers = request.getHeaders(HEADER);
		String header = (headers.hasMoreElements()) ? headers.nextElement() : null;
		if (header == null || headers.hasMoreElements()) {
			throw new BadTokenException(TokenFault.PROOF);
		}
		return header;
	}

	private boolean isHere(@Nullable String target) {
		if (target == null) {
			return false;
		}
		String resource = this.location.resource();
		return resource.equals(target) || TargetUri.normalize(resource).equals(TargetUri.normalize(target));
	}

	private static String digest(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.digest(text));
	}

}
