// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A copy of what an authorization server publishes about itself. However many clients ask
 * for it, the server is asked by one of them at a time and not more often than now and
 * then; while it does not answer, an older copy will do.
 */
final class MetadataMirror {

	private static final Duration FRESH = Duration.ofMinutes(5);

	private static final Duration USABLE = Duration.ofHours(1);

	private static final Duration RETRY = Duration.ofSeconds(5);

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final int MAX_WAITING = 16;

	private final ReentrantLock lock = new ReentrantLock();

	private final IssuerMetadata source;

	private final String issuer;

	private final Clock clock;

	private volatile @Nullable Copy copy;

	private volatile @Nullable Instant lastFailure;

	MetadataMirror(IssuerMetadata source, String issuer, Clock clock) {
		this.source = source;
		this.issuer = issuer;
		this.clock = clock;
	}

	/**
	 * Return the document.
	 * @throws IOException if there is none that is not too old
	 */
	byte[] document() throws IOException {
		byte[] fresh = copy(FRESH);
		if (fresh != null) {
			return fresh;
		}
		byte[] usable = copy(USABLE);
		if (usable == null) {
			await();
		}
		else if (!this.lock.tryLock()) {
			return usable;
		}
		try {
			fresh = copy(FRESH);
			return (fresh != null) ? fresh : fetch(usable);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for whoever asks the server, but not everybody: anyone can ask for this.
	 */
	private void await() throws IOException {
		boolean locked = false;
		try {
			locked = this.lock.getQueueLength() < MAX_WAITING
					&& this.lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!locked) {
			throw new IOException("The authorization server has not answered yet");
		}
	}

	private byte[] fetch(byte @Nullable [] usable) throws IOException {
		try {
			Instant failed = this.lastFailure;
			if (failed != null && this.clock.instant().isBefore(failed.plus(RETRY))) {
				throw new IOException("The authorization server has not answered a moment ago");
			}
			byte[] document = read();
			this.copy = new Copy(document, this.clock.instant());
			return document;
		}
		catch (IOException ex) {
			if (usable != null) {
				return usable;
			}
			throw ex;
		}
	}

	private byte[] read() throws IOException {
		try {
			return JsonMapper.shared().writeValueAsBytes(this.source.read(this.issuer));
		}
		catch (IOException ex) {
			this.lastFailure = this.clock.instant();
			throw ex;
		}
	}

	private byte @Nullable [] copy(Duration age) {
		Copy known = this.copy;
		return (known != null && this.clock.instant().isBefore(known.read().plus(age))) ? known.document() : null;
	}

	private record Copy(byte[] document, Instant read) {

	}

}
