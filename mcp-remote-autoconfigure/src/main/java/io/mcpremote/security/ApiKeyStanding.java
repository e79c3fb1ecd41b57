// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells whether API keys are still good with which something was opened. Where they are
 * kept is asked once a minute for each, and nobody waits for that.
 */
final class ApiKeyStanding {

	private static final Log logger = LogFactory.getLog(ApiKeyStanding.class);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final LoadingCache<String, Boolean> good;

	private final ApiKeyRepository repository;

	private final Clock clock;

	/**
	 * Create what tells.
	 * @param executor asks the repository, which may take its time
	 */
	ApiKeyStanding(ApiKeyRepository repository, Executor executor, Clock clock) {
		this.repository = repository;
		this.clock = clock;
		this.good = Caffeine.newBuilder()
			.ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
			.executor(executor)
			.refreshAfterWrite(INTERVAL)
			// As long as something is open it is asked for all the time
			.expireAfterAccess(INTERVAL.multipliedBy(2))
			.build(new Loader());
	}

	/**
	 * Return whether a key is good as far as is known.
	 * @param token what the key stood for when it was verified
	 */
	boolean isGood(VerifiedToken token) {
		return !ApiKeyVerifier.ISSUER.equals(token.issuer()) || token.clientId() == null
				|| this.good.get(token.clientId());
	}

	private boolean ask(String id, boolean known) {
		try {
			ApiKey key = this.repository.findById(id);
			return key != null && key.isLive(this.clock.instant());
		}
		catch (RuntimeException ex) {
			logger.warn("It cannot be found out whether the API key " + id + " is still good: " + ex);
			return known;
		}
	}

	/**
	 * Believes in a key that has just been verified, and has the others looked at again.
	 */
	private final class Loader implements CacheLoader<String, Boolean> {

		@Override
		public Boolean load(String id) {
			return true;
		}

		@Override
		public Boolean reload(String id, Boolean known) {
			return ask(id, known);
		}

	}

}
