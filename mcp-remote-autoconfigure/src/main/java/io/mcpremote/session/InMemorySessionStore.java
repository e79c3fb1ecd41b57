// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Keeps session records in this process: they are gone when it ends and unknown to other
 * replicas.
 */
final class InMemorySessionStore implements SessionStore {

	private final Map<String, SessionRecord> sessions = new ConcurrentHashMap<>();

	private final Map<String, Set<String>> byOwner = new HashMap<>();

	// Guards byOwner, and the caps; not needed to find or use a session
	private final ReentrantLock lock = new ReentrantLock();

	private final Clock clock;

	private final Duration idleTimeout;

	private final int maxTotal;

	private final int maxPerOwner;

	private Instant nextPurge;

	private Instant nextPurgeWhenFull = Instant.MIN;

	InMemorySessionStore(Clock clock, Duration idleTimeout, int maxTotal, int maxPerOwner) {
		this.clock = clock;
		this.idleTimeout = idleTimeout;
		this.maxTotal = maxTotal;
		this.maxPerOwner = maxPerOwner;
		this.nextPurge = clock.instant().plus(idleTimeout);
	}

	@Override
	public boolean create(SessionRecord session) {
		this.lock.lock();
		try {
			purge();
			Set<String> owned = this.byOwner.getOrDefault(session.owner(), Set.of());
			if (owned.size() >= this.maxPerOwner) {
				owned.stream()
					.map(this.sessions::get)
					.filter((record) -> record != null)
					.min(Comparator.comparing(SessionRecord::lastUsed))
					.ifPresent((oldest) -> forget(oldest));
			}
			if (this.sessions.size() >= this.maxTotal) {
				return false;
			}
			this.byOwner.computeIfAbsent(session.owner(), (owner) -> new HashSet<>()).add(session.id());
			this.sessions.put(session.id(), session);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public @Nullable SessionRecord find(String id) {
		SessionRecord session = this.sessions.get(id);
		if (session != null && isIdle(session, this.clock.instant())) {
			remove(id);
			return null;
		}
		return session;
	}

	@Override
	public @Nullable SessionRecord update(String id, UnaryOperator<SessionRecord> change) {
		// What is idle has ended, even if it has not been removed yet
		return (find(id) != null) ? this.sessions.computeIfPresent(id, (key, session) -> change.apply(session)) : null;
	}

	@Override
	public @Nullable SessionRecord remove(String id) {
		this.lock.lock();
		try {
			SessionRecord session = this.sessions.get(id);
			if (session != null) {
				forget(session);
			}
			return session;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Set<String> removeAll(Predicate<String> owner) {
		this.lock.lock();
		try {
			Set<String> removed = new HashSet<>();
			this.byOwner.forEach((name, owned) -> {
				if (owner.test(name)) {
					removed.addAll(owned);
				}
			});
			removed.forEach((id) -> {
				SessionRecord session = this.sessions.get(id);
				if (session != null) {
					forget(session);
				}
			});
			return removed;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public OptionalInt count() {
		return OptionalInt.of(this.sessions.size());
	}

	private void purge() {
		Instant now = this.clock.instant();
		boolean full = this.sessions.size() >= this.maxTotal && !now.isBefore(this.nextPurgeWhenFull);
		if (now.isBefore(this.nextPurge) && !full) {
			return;
		}
		this.sessions.values().stream().filter((session) -> isIdle(session, now)).toList().forEach(this::forget);
		this.nextPurge = now.plus(this.idleTimeout.dividedBy(10));
		// A store that stays full must not be searched for each one who is turned away
		this.nextPurgeWhenFull = now.plusSeconds(1);
	}

	private void forget(SessionRecord session) {
		this.sessions.remove(session.id());
		Set<String> owned = this.byOwner.get(session.owner());
		if (owned != null) {
			owned.remove(session.id());
			if (owned.isEmpty()) {
				this.byOwner.remove(session.owner());
			}
		}
	}

	private boolean isIdle(SessionRecord session, Instant now) {
		return session.lastUsed().plus(this.idleTimeout).isBefore(now);
	}

}
