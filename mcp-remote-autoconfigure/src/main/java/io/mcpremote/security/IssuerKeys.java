// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the keys of an issuer, not more often than now and then however many tokens
 * name keys that are not there. Unlike the limit of the library it remembers whether the
 * last attempt failed: then it is not the token that is at fault.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

	private static final Duration AFTER_SUCCESS = Duration.ofSeconds(15);

	private static final Duration AFTER_FAILURE = Duration.ofSeconds(3);

	/**
	 * Not a monitor, which would pin virtual threads while the issuer is waited for.
	 */
	private final Lock lock = new ReentrantLock();

	private final ResourceRetriever retriever;

	private final KeyLocation location;

	private final Clock clock;

	private @Nullable Instant lastSuccess;

	private @Nullable Instant lastFailure;

	IssuerKeys(ResourceRetriever retriever, KeyLocation location, Clock clock) {
		this.retriever = retriever;
		this.location = location;
		this.clock = clock;
	}

	@Override
	public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long currentTime, SecurityContext context)
			throws KeySourceException {
		this.lock.lock();
		try {
			return read();
		}
		finally {
			this.lock.unlock();
		}
	}

	private JWKSet read() throws KeySourceException {
		if (isWithin(AFTER_SUCCESS, this.lastSuccess)) {
			throw new RateLimitReachedException();
		}
		if (isWithin(AFTER_FAILURE, this.lastFailure)) {
			throw new JWKSetUnavailableException("The keys could not be read a moment ago");
		}
		try {
			String content = this.retriever.retrieveResource(URI.create(this.location.find()).toURL()).getContent();
			JWKSet keys = JWKSet.parse(content);
			this.lastSuccess = this.clock.instant();
			this.lastFailure = null;
			return keys;
		}
		catch (IOException | ParseException | IllegalArgumentException ex) {
			this.lastSuccess = null;
			this.lastFailure = this.clock.instant();
			throw new JWKSetUnavailableException("The keys cannot be read", ex);
		}
	}

	private boolean isWithin(Duration interval, @Nullable Instant attempt) {
		return attempt != null && attempt.plus(interval).isAfter(this.clock.instant());
	}

	@Override
	public void close() {
	}

	/**
	 * Knows, or finds out, where the keys are.
	 */
	@FunctionalInterface
	interface KeyLocation {

		String find() throws IOException;

	}

}
