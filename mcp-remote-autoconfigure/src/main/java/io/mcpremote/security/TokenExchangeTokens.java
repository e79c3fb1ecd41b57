// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * Keeps tokens for services until shortly before they expire. Calls of one caller that
 * need the same token at the same time wait for one exchange, which runs on the thread of
 * the first of them.
 */
final class TokenExchangeTokens {

	private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

	private final AsyncCache<TokenExchangeKey, TokenExchangeResult> results;

	private final Clock clock;

	TokenExchangeTokens(int maxTokens, Clock clock) {
		this.clock = clock;
		this.results = Caffeine.newBuilder()
			.ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
			.executor(Runnable::run)
			.maximumSize(maxTokens)
			.expireAfter(Expiry.<TokenExchangeKey, TokenExchangeResult>creating((key, result) -> left(result)))
			.buildAsync();
	}

	TokenExchangeResult get(TokenExchangeKey key, @Nullable Instant subjectExpires,
			Supplier<OAuth2AccessToken> exchange) {
		while (true) {
			CompletableFuture<TokenExchangeResult> mine = new CompletableFuture<>();
			CompletableFuture<TokenExchangeResult> known = this.results.asMap().putIfAbsent(key, mine);
			if (known == null) {
				return lead(mine, subjectExpires, exchange);
			}
			TokenExchangeResult result = await(key, known);
			if (result != null) {
				return result;
			}
			this.results.asMap().remove(key, known);
		}
	}

	/**
	 * Forget a token, but not one that has taken its place.
	 */
	void forget(TokenExchangeKey key, TokenExchangeResult result) {
		CompletableFuture<TokenExchangeResult> current = this.results.getIfPresent(key);
		if (current != null && !current.isCompletedExceptionally() && current.getNow(null) == result) {
			this.results.asMap().remove(key, current);
		}
	}

	private TokenExchangeResult lead(CompletableFuture<TokenExchangeResult> mine, @Nullable Instant subjectExpires,
			Supplier<OAuth2AccessToken> exchange) {
		try {
			Instant now = this.clock.instant();
			OAuth2AccessToken token = exchange.get();
			TokenExchangeResult result = new TokenExchangeResult(token, null, until(now, token, subjectExpires));
			mine.complete(result);
			return result;
		}
		catch (TokenExchangeException ex) {
			// That this call was cancelled is no reason for the others to fail
			if (!Thread.currentThread().isInterrupted()) {
				mine.complete(new TokenExchangeResult(null, ex, Instant.MIN));
			}
			throw ex;
		}
		finally {
			mine.cancel(false);
		}
	}

	private static @Nullable TokenExchangeResult await(TokenExchangeKey key,
			CompletableFuture<TokenExchangeResult> known) {
		try {
			return known.get();
		}
		catch (CancellationException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TokenExchangeException(
					"The call was cancelled while it waited for a token for downstream '" + key.downstream() + "'");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("An exchange ends with a result", ex);
		}
	}

	private static Instant until(Instant now, OAuth2AccessToken token, @Nullable Instant subjectExpires) {
		Instant issuedAt = token.getIssuedAt();
		Instant expiresAt = token.getExpiresAt();
		if (issuedAt == null || expiresAt == null) {
			return now;
		}
		// Both times are those of the response's arrival
		Duration lifetime = Duration.between(issuedAt, expiresAt);
		Duration margin = lifetime.dividedBy(5);
		Instant until = now.plus(lifetime).minus((margin.compareTo(LONGEST_MARGIN) < 0) ? margin : LONGEST_MARGIN);
		return (subjectExpires != null && subjectExpires.isBefore(until)) ? subjectExpires : until;
	}

	private Duration left(TokenExchangeResult result) {
		Instant now = this.clock.instant();
		return (result.until().isAfter(now)) ? Duration.between(now, result.until()) : Duration.ZERO;
	}

}
