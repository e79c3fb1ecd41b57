// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.mcpremote.call.Caller;
import io.mcpremote.call.SessionEnded.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Keeps session records in this process: they are gone when it ends and unknown to other
 * replicas.
 */
final class InMemorySessionStore implements SessionStore {

	private final Map<String, SessionRecord> sessions = new ConcurrentHashMap<>();

	// Nobody in particular is counted by network: one subscriber has many addresses
	private final Map<String, Set<String>> byOwner = new HashMap<>();

	// Guards byOwner, and the caps; not needed to find or use a session
	private final ReentrantLock lock = new ReentrantLock();

	private final Clock clock;

	private final Duration idleTimeout;

	private final int maxTotal;

	private final int maxPerOwner;

	private final SessionEvents events;

	private Instant nextPurge;

	private Instant nextPurgeWhenFull = Instant.MIN;

	InMemorySessionStore(Clock clock, Duration idleTimeout, int maxTotal, int maxPerOwner,
			ApplicationEventPublisher events) {
		this.clock = clock;
		this.idleTimeout = idleTimeout;
		this.maxTotal = maxTotal;
		this.maxPerOwner = maxPerOwner;
		this.events = new SessionEvents(events);
		this.nextPurge = clock.instant().plus(idleTimeout);
	}

	@Override
	public boolean create(SessionRecord session) {
		List<SessionRecord> idle = List.of();
		SessionRecord evicted = null;
		this.lock.lock();
		try {
			idle = purge();
			String counted = counted(session.owner());
			Set<String> owned = this.byOwner.getOrDefault(counted, Set.of());
			if (owned.size() >= this.maxPerOwner) {
				evicted = owned.stream()
					.map(this.sessions::get)
					.filter((record) -> record != null)
					.min(Comparator.comparing(SessionRecord::lastUsed))
					.orElse(null);
			}
			if (evicted != null) {
				forget(evicted);
			}
			if (this.sessions.size() >= this.maxTotal) {
				return false;
			}
			this.byOwner.computeIfAbsent(counted, (owner) -> new HashSet<>()).add(session.id());
			this.sessions.put(session.id(), session);
			return true;
		}
		finally {
			this.lock.unlock();
			// Listeners may take their time
			idle.forEach((ended) -> this.events.ended(ended, Reason.IDLE));
			if (evicted != null) {
				this.events.ended(evicted, Reason.EVICTED);
			}
		}
	}

	@Override
	public @Nullable SessionRecord find(String id) {
		SessionRecord session = this.sessions.get(id);
		if (session != null && isIdle(session, this.clock.instant())) {
			SessionRecord removed = remove(id);
			if (removed != null) {
				this.events.ended(removed, Reason.IDLE);
			}
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
	public Set<SessionRecord> removeAll(Predicate<String> owner) {
		this.lock.lock();
		try {
			Set<SessionRecord> removed = new HashSet<>();
			for (SessionRecord session : this.sessions.values()) {
				if (owner.test(session.owner())) {
					removed.add(session);
				}
			}
			removed.forEach(this::forget);
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

	private List<SessionRecord> purge() {
		Instant now = this.clock.instant();
		boolean full = this.sessions.size() >= this.maxTotal && !now.isBefore(this.nextPurgeWhenFull);
		if (now.isBefore(this.nextPurge) && !full) {
			return List.of();
		}
		List<SessionRecord> idle = this.sessions.values().stream().filter((session) -> isIdle(session, now)).toList();
		idle.forEach(this::forget);
		this.nextPurge = now.plus(this.idleTimeout.dividedBy(10));
		// A store that stays full must not be searched for each one who is turned away
		this.nextPurgeWhenFull = now.plusSeconds(1);
		return idle;
	}

	private void forget(SessionRecord session) {
		this.sessions.remove(session.id());
		String counted = counted(session.owner());
		Set<String> owned = this.byOwner.get(counted);
		if (owned != null) {
			owned.remove(session.id());
			if (owned.isEmpty()) {
				this.byOwner.remove(counted);
			}
		}
	}

	/**
	 * Return under which name the sessions of an owner are counted.
	 */
	private static String counted(String owner) {
		String address = Caller.addressOfOwnerKey(owner);
		return (address != null) ? Caller.anonymous(address).usageKey() : owner;
	}

	private boolean isIdle(SessionRecord session, Instant now) {
		return session.lastUsed().plus(this.idleTimeout).isBefore(now);
	}

}
