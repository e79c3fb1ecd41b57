// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Semaphore;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/**
 * Keeps a verifier that has to ask somebody else, and gets no answer, from holding every
 * thread of the server: made-up tokens are enough to make it ask.
 */
final class GuardedTokenVerifier implements TokenVerifier {

	private static final String UNTOLD = "A token could not be verified, and what was said about it repeats the token";

	private final TokenVerifier verifier;

	private final Semaphore permits;

	private final Outage outage;

	private final Clock clock;

	/**
	 * Create a verifier.
	 * @param verifier what verifies tokens
	 * @param concurrency how many it may verify at the same time
	 * @param clock tells for how long it has been waited for
	 */
	GuardedTokenVerifier(TokenVerifier verifier, int concurrency, Clock clock) {
		this.verifier = verifier;
		this.permits = new Semaphore(concurrency);
		this.outage = new Outage(clock);
		this.clock = clock;
	}

	@Override
	public boolean supports(String token) {
		return this.verifier.supports(token);
	}

	@Override
	public VerifiedToken verify(String token) {
		if (!this.permits.tryAcquire()) {
			throw new VerifierUnavailableException("Too many unknown tokens are being verified");
		}
		try {
			if (!this.outage.isToBeTried()) {
				throw new VerifierUnavailableException("There was no answer a moment ago");
			}
			return ask(token);
		}
		finally {
			this.permits.release();
		}
	}

	private VerifiedToken ask(String token) {
		Instant begun = this.clock.instant();
		try {
			VerifiedToken verified = this.verifier.verify(token);
			this.outage.answered();
			return verified;
		}
		catch (BadTokenException ex) {
			if (ex.fault() == TokenFault.MALFORMED) {
				this.outage.notAsked();
			}
			else {
				this.outage.answered();
			}
			throw ex;
		}
		catch (AuthenticationServiceException ex) {
			throw failed(begun, token, ex);
		}
		catch (AuthenticationException ex) {
			this.outage.answered();
			throw ex;
		}
		catch (RuntimeException ex) {
			// Whatever a decoder of the application throws, it has not said that the
			// token is bad
			throw failed(begun, token, new AuthenticationServiceException("A token could not be verified", ex));
		}
	}

	private VerifierUnavailableException failed(Instant begun, String token, AuthenticationServiceException ex) {
		boolean quoted = QuotedToken.isIn(ex, token);
		VerifierUnavailableException told = new VerifierUnavailableException(
				(quoted) ? UNTOLD : String.valueOf(ex.getMessage()));
		this.outage.failed(begun, (quoted) ? told : ex);
		return told;
	}

}
