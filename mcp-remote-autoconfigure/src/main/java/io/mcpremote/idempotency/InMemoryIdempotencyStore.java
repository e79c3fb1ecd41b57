// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.idempotency.MadeCall.Name;
import org.jspecify.annotations.Nullable;

/**
 * Remembers calls on this replica, up to a number of bytes of which each owner can take a
 * part only. Calls that were made through other replicas are not known here.
 */
final class InMemoryIdempotencyStore implements IdempotencyStore {

	private static final int SHARES = 10;

	private static final Comparator<MadeCall> BY_AGE = Comparator.comparingLong(MadeCall::number);

	private final Map<Name, MadeCall> calls = new ConcurrentHashMap<>();

	private final NavigableSet<MadeCall> byAge = new ConcurrentSkipListSet<>(BY_AGE);

	private final NavigableSet<MadeCall> byOwner = new ConcurrentSkipListSet<>(
			Comparator.<MadeCall, String>comparing((made) -> made.name().owner()).thenComparing(BY_AGE));

	private final Map<String, Long> sizes = new ConcurrentHashMap<>();

	private final AtomicLong size = new AtomicLong();

	private final AtomicLong numbers = new AtomicLong();

	private final long maxSize;

	private final long share;

	private final Clock clock;

	/**
	 * Create the store.
	 * @param maxSize how many bytes all results may take
	 * @param maxEntry how many bytes one of them may take
	 * @param clock tells the time
	 */
	InMemoryIdempotencyStore(long maxSize, long maxEntry, Clock clock) {
		this.maxSize = maxSize;
		this.share = Math.max(maxSize / SHARES, maxEntry);
		this.clock = clock;
	}

	@Override
	public Claim claim(CallIdentity call, Duration lease) {
		Instant now = this.clock.instant();
		forgetUntil(now);
		MadeCall claimed = MadeCall.claimed(call);
		while (true) {
			MadeCall before = this.calls.putIfAbsent(claimed.name(), claimed);
			if (before == null) {
				return Claim.CLAIMED;
			}
			if (!before.hasEnded(now)) {
				return before.claim(call);
			}
			forget(before);
		}
	}

	@Override
	public void complete(CallIdentity call, ResultSnapshot result, Duration window) {
		MadeCall made = new MadeCall(Name.of(call), call.digest(), result.result(), this.clock.instant().plus(window),
				this.numbers.incrementAndGet(), MadeCall.OVERHEAD + result.size() + 4L * call.name().length());
		this.size.addAndGet(made.size());
		this.sizes.merge(call.owner(), made.size(), Long::sum);
		this.calls.put(made.name(), made);
		this.byOwner.add(made);
		// Comes last: what is there can be forgotten
		this.byAge.add(made);
		makeRoom(made);
	}

	@Override
	public void release(CallIdentity call) {
		this.calls.computeIfPresent(Name.of(call), (name, made) -> (made.result() == null) ? null : made);
	}

	/**
	 * Forget what is oldest, but not what has just been made.
	 */
	private void makeRoom(MadeCall newest) {
		String owner = newest.name().owner();
		MadeCall oldest = oldest(owner);
		while (oldest != null && oldest != newest && this.sizes.getOrDefault(owner, 0L) > this.share) {
			forget(oldest);
			oldest = oldest(owner);
		}
		oldest = oldest();
		while (oldest != null && oldest != newest && this.size.get() > this.maxSize) {
			forget(oldest);
			oldest = oldest();
		}
	}

	/**
	 * All windows are of the same length, so what is oldest ends first.
	 */
	private void forgetUntil(Instant now) {
		MadeCall oldest = oldest();
		while (oldest != null && oldest.hasEnded(now)) {
			forget(oldest);
			oldest = oldest();
		}
	}

	private @Nullable MadeCall oldest(String owner) {
		MadeCall oldest = this.byOwner.ceiling(MadeCall.before(owner));
		return (oldest != null && oldest.name().owner().equals(owner)) ? oldest : null;
	}

	private @Nullable MadeCall oldest() {
		return this.byAge.ceiling(MadeCall.before(""));
	}

	private void forget(MadeCall made) {
		if (this.byAge.remove(made)) {
			this.byOwner.remove(made);
			this.calls.remove(made.name(), made);
			this.size.addAndGet(-made.size());
			this.sizes.computeIfPresent(made.name().owner(),
					(owner, taken) -> (taken > made.size()) ? taken - made.size() : null);
		}
	}

}
