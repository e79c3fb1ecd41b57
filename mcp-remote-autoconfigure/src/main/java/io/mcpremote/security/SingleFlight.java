// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Has one caller verify a token that many show at the same time. The others wait for what
 * comes of it.
 */
final class SingleFlight {

	/**
	 * Longer than any verification that comes to something.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Map<TokenDigest, CompletableFuture<VerifiedToken>> flights = new ConcurrentHashMap<>();

	private final Semaphore strangers;

	/**
	 * Create an instance.
	 * @param strangers how many may wait with tokens that have never been found good
	 */
	SingleFlight(int strangers) {
		this.strangers = new Semaphore(strangers);
	}

	/**
	 * Verify a token, or wait for whoever does.
	 * @param digest stands for the token
	 * @param proven whether it has been found good before
	 * @param verification verifies it
	 */
	VerifiedToken verify(TokenDigest digest, boolean proven, Supplier<VerifiedToken> verification) {
		while (true) {
			CompletableFuture<VerifiedToken> own = new CompletableFuture<>();
			CompletableFuture<VerifiedToken> other = this.flights.putIfAbsent(digest, own);
			if (other == null) {
				return lead(digest, own, verification);
			}
			if (!proven && !this.strangers.tryAcquire()) {
				throw new VerifierUnavailableException("Too many wait for the verification of unknown tokens");
			}
			try {
				return other.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (CancellationException ex) {
				// It came to nothing for reasons of its own: another one's turn
			}
			catch (ExecutionException ex) {
				throw (RuntimeException) ex.getCause();
			}
			catch (TimeoutException ex) {
				throw new VerifierUnavailableException("The verification of a token takes too long");
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new VerifierUnavailableException("Interrupted while a token was verified");
			}
			finally {
				if (!proven) {
					this.strangers.release();
				}
			}
		}
	}

	private VerifiedToken lead(TokenDigest digest, CompletableFuture<VerifiedToken> flight,
			Supplier<VerifiedToken> verification) {
		try {
			VerifiedToken token = verification.get();
			this.flights.remove(digest);
			flight.complete(token);
			return token;
		}
		catch (RuntimeException ex) {
			this.flights.remove(digest);
			if (!Thread.currentThread().isInterrupted()) {
				flight.completeExceptionally(ex);
			}
			throw ex;
		}
		finally {
			this.flights.remove(digest, flight);
			// Without effect unless it has come to nothing
			flight.cancel(false);
		}
	}

}
