// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import io.mcpremote.security.Credential.Scheme;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/**
 * Finds out what the credential of a request stands for, at best without verifying it
 * again.
 */
final class Authenticator {

	private final List<TokenVerifier> verifiers;

	private final TokenMemory memory;

	private final FaultLimit faults;

	private final RememberedRevocations revocations;

	private final SingleFlight flights;

	private final @Nullable ProofOfPossession proof;

	Authenticator(List<TokenVerifier> verifiers, TokenMemory memory, FaultLimit faults,
			RememberedRevocations revocations, SingleFlight flights, @Nullable ProofOfPossession proof) {
		this.verifiers = List.copyOf(verifiers);
		this.memory = memory;
		this.faults = faults;
		this.revocations = revocations;
		this.flights = flights;
		this.proof = proof;
	}

	RequestCaller authenticate(Credential credential) {
		TokenDigest digest = TokenDigest.of(credential.token());
		VerifiedToken token = token(credential, digest);
		// Remembered or not, and not to be remembered itself
		if (this.revocations.isRevoked(digest, token)) {
			throw new BadTokenException(TokenFault.REVOKED);
		}
		checkPossession(credential, token);
		return RequestCaller.of(token, digest);
	}

	private VerifiedToken token(Credential credential, TokenDigest digest) {
		VerifiedToken known = this.memory.recall(digest);
		if (known != null) {
			return known;
		}
		boolean proven = this.memory.isProven(digest);
		if (!proven && this.faults.isReached(credential.request())) {
			throw new TooManyFaultsException(this.faults.window());
		}
		return this.flights.verify(digest, proven, () -> verified(credential, digest));
	}

	private VerifiedToken verified(Credential credential, TokenDigest digest) {
		// Who comes while somebody else has just verified it
		VerifiedToken known = this.memory.recall(digest);
		if (known != null) {
			return known;
		}
		try {
			VerifiedToken token = verify(credential.token());
			this.memory.remember(digest, token);
			return token;
		}
		catch (BadTokenException ex) {
			// Some authorization servers do not say of a token that it has expired
			boolean ordinary = ex.fault().isOrdinary() || this.memory.wasProven(digest);
			this.memory.remember(digest, ex.fault());
			if (!ordinary) {
				this.faults.count(credential.request());
			}
			throw ex;
		}
		catch (AuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Whatever a decoder of the application throws, it has not said that the
			// token is bad
			throw new AuthenticationServiceException("A token could not be verified", ex);
		}
	}

	private VerifiedToken verify(String token) {
		for (TokenVerifier verifier : this.verifiers) {
			if (verifier.supports(token)) {
				return verifier.verify(token);
			}
		}
		throw new BadTokenException(TokenFault.MALFORMED);
	}

	private void checkPossession(Credential credential, VerifiedToken token) {
		String thumbprint = token.keyThumbprint();
		if (credential.scheme() == Scheme.BEARER) {
			if (thumbprint != null) {
				throw new BadTokenException(TokenFault.BOUND);
			}
			if (this.proof != null && this.proof.isRequired()) {
				throw new BadTokenException(TokenFault.UNBOUND);
			}
			return;
		}
		if (thumbprint == null) {
			throw new BadTokenException(TokenFault.UNBOUND);
		}
		if (this.proof == null || thumbprint.isEmpty()) {
			throw new BadTokenException(TokenFault.BOUND);
		}
		this.proof.check(credential, thumbprint);
	}

}
