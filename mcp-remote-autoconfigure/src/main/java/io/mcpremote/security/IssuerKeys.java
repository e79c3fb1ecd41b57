// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer. They are read one attempt at a time and not more often than now
 * and then, however many tokens name keys that are not there; nobody waits for long, and
 * while the issuer does not answer older keys will do.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

	private static final Log logger = LogFactory.getLog(IssuerKeys.class);

	private static final Duration FRESH = Duration.ofMinutes(5);

	private static final Duration USABLE = Duration.ofHours(1);

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final AtomicReference<@Nullable KeyAttempt> last = new AtomicReference<>();

	private final IssuerKeyReader reader;

	private final Executor executor;

	private final Semaphore waiting;

	private final Clock clock;

	private volatile @Nullable Known known;

	private volatile boolean failing;

	/**
	 * Create the keys of an issuer.
	 * @param reader reads them
	 * @param executor on whose threads they are read, so that nobody has to wait for the
	 * end of it
	 * @param waiting how many may wait at the same time
	 * @param clock tells how old keys are
	 */
	IssuerKeys(IssuerKeyReader reader, Executor executor, int waiting, Clock clock) {
		this.reader = reader;
		this.executor = executor;
		this.waiting = new Semaphore(waiting);
		this.clock = clock;
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
		List<JWK> keys = select(selector, FRESH);
		if (!keys.isEmpty()) {
			return keys;
		}
		KeyAttempt attempt = read(!select(selector, USABLE).isEmpty());
		keys = select(selector, USABLE);
		if (keys.isEmpty()) {
			// Only if they could be read it is the token that is at fault
			throw (attempt.hasSucceeded()) ? new UnknownKeyException() : new UnavailableException();
		}
		return keys;
	}

	/**
	 * Return what is known without asking anybody.
	 */
	KeySets.KeySet state() {
		Known current = this.known;
		boolean usable = !this.failing || (current != null && isWithin(current, USABLE));
		return new KeySets.KeySet(this.reader.shown(), (current != null) ? current.keys().size() : 0,
				(current != null) ? current.read() : null, this.failing, usable);
	}

	/**
	 * Have the keys read if they could not be or have not been, without waiting for it.
	 */
	void retry() {
		if (this.failing || this.known == null) {
			begin(this.clock.instant());
		}
	}

	private boolean isWithin(Known current, Duration age) {
		return this.clock.instant().isBefore(current.read().plus(age));
	}

	private List<JWK> select(JWKSelector selector, Duration age) {
		Known current = this.known;
		return (current != null && isWithin(current, age)) ? selector.select(current.keys()) : List.of();
	}

	/**
	 * Have the keys read unless that has just been done.
	 * @param spare whether there are others to make do with
	 */
	private KeyAttempt read(boolean spare) {
		Instant now = this.clock.instant();
		Begun begun = begin(now);
		if (begun.own() || !spare) {
			await(begun.attempt(), now);
		}
		return begun.attempt();
	}

	private Begun begin(Instant now) {
		KeyAttempt attempt = new KeyAttempt(now);
		KeyAttempt before = this.last.getAndUpdate((last) -> (last != null && last.isEnough(now)) ? last : attempt);
		if (before != null && before.isEnough(now)) {
			return new Begun(before, false);
		}
		this.executor.execute(() -> read(attempt, before));
		return new Begun(attempt, true);
	}

	private void read(KeyAttempt attempt, @Nullable KeyAttempt before) {
		try {
			Known read = new Known(this.reader.read(), attempt.begun());
			Known current = this.known;
			if (current == null || !read.read().isBefore(current.read())) {
				this.known = read;
			}
			this.failing = false;
			attempt.end(this.clock.instant(), true);
		}
		catch (IOException | ParseException | RuntimeException | Error ex) {
			if (before == null || before.hasSucceeded()) {
				logger.warn(
						"The keys of " + this.reader.shown()
								+ " cannot be read. Keys that are known are used for up to " + USABLE.toMinutes()
								+ " minutes; without any, clients are told to come back later.",
						(this.reader.isShown()) ? ex : null);
			}
			this.failing = true;
			attempt.end(this.clock.instant(), false);
		}
	}

	private void await(KeyAttempt attempt, Instant now) {
		if (!this.waiting.tryAcquire()) {
			return;
		}
		try {
			attempt.await(PATIENCE.minus(Duration.between(attempt.begun(), now)));
		}
		finally {
			this.waiting.release();
		}
	}

	/**
	 * The keys do not have the one that a token is signed with.
	 */
	static final class UnknownKeyException extends KeySourceException {

		private static final long serialVersionUID = 1L;

		UnknownKeyException() {
			super("The key is not known");
		}

	}

	/**
	 * There are no keys at the moment, which is in the log.
	 */
	static final class UnavailableException extends KeySourceException {

		private static final long serialVersionUID = 1L;

		UnavailableException() {
			super("The keys cannot be read");
		}

	}

	/**
	 * An attempt that is to be waited for.
	 *
	 * @param attempt the attempt
	 * @param own whether it was begun just now
	 */
	private record Begun(KeyAttempt attempt, boolean own) {

	}

	private record Known(JWKSet keys, Instant read) {

	}

}
