// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.mcpremote.call.Caller;
import io.mcpremote.call.ServerCount;
import io.mcpremote.call.SessionEnded.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Begins, finds and ends sessions. A session is found only under the caller it belongs
 * to; knowing its id is no proof of anything.
 *
 * @since 0.1.0
 */
public final class Sessions implements ServerCount {

	private static final int ID_BYTES = 24;

	private static final Duration MAX_SWEEP_INTERVAL = Duration.ofSeconds(30);

	private final SecureRandom random = new SecureRandom();

	private final Map<String, LiveSession> live = new ConcurrentHashMap<>();

	private final SessionStore store;

	private final Clock clock;

	private final McpRemoteSessionProperties properties;

	private final Duration touchInterval;

	private final String replica;

	private final SessionEvents events;

	/**
	 * Create the sessions.
	 * @param store keeps the records
	 * @param clock tells the time
	 * @param properties the bounds
	 * @param events hear of the beginning and the end of sessions
	 */
	public Sessions(SessionStore store, Clock clock, McpRemoteSessionProperties properties,
			ApplicationEventPublisher events) {
		this.store = store;
		this.clock = clock;
		this.properties = properties;
		this.events = new SessionEvents(events);
		// Often enough to matter, too seldom to cost anything
		this.touchInterval = properties.idleTimeout().dividedBy(20);
		this.replica = randomText(6);
	}

	/**
	 * Begin a session.
	 * @param caller whose session it is
	 * @param protocolVersion the negotiated protocol revision
	 * @param capabilities the client's capabilities
	 * @param clientInfo what the client says it is
	 * @return the session or {@code null} if there is no room for any more
	 */
	public @Nullable SessionRecord begin(Caller caller, String protocolVersion, Map<String, Object> capabilities,
			Map<String, Object> clientInfo) {
		Instant now = this.clock.instant();
		SessionRecord session = new SessionRecord(SessionRecord.FORMAT, randomText(ID_BYTES), caller.ownerKey(),
				protocolVersion, capabilities, clientInfo, null, Set.of(), now, now);
		if (!this.store.create(session)) {
			return null;
		}
		this.events.started(session, caller);
		return session;
	}

	/**
	 * Find a session and note that it is in use.
	 * @param id the session's id
	 * @param caller who names it
	 * @return the session or {@code null} if the caller has no such session
	 */
	public @Nullable SessionRecord use(String id, Caller caller) {
		SessionRecord session = this.store.find(id);
		if (session == null || !session.owner().equals(caller.ownerKey())) {
			return null;
		}
		Instant now = this.clock.instant();
		if (session.lastUsed().plus(this.touchInterval).isBefore(now)) {
			return this.store.update(id, (current) -> current.usedAt(now));
		}
		return session;
	}

	/**
	 * Return a session as it is now, without using it.
	 * @param id the session's id
	 * @return the session or {@code null} if it has ended
	 */
	public @Nullable SessionRecord current(String id) {
		return this.store.find(id);
	}

	/**
	 * Change a session.
	 * @param id the session's id
	 * @param change the change
	 * @return the changed session or {@code null} if it has ended
	 */
	public @Nullable SessionRecord change(String id, UnaryOperator<SessionRecord> change) {
		return this.store.update(id, change);
	}

	/**
	 * End a session.
	 * @param session the session
	 */
	public void end(SessionRecord session) {
		end(session.id(), Reason.DELETED);
	}

	/**
	 * End a session that its owner may not use any more.
	 * @param id the session's id
	 */
	public void end(String id) {
		end(id, Reason.REVOKED);
	}

	private void end(String id, Reason reason) {
		SessionRecord removed = this.store.remove(id);
		closeLive(id);
		if (removed != null) {
			this.events.ended(removed, reason);
		}
	}

	/**
	 * End all sessions of some owners.
	 * @param owner tells by their keys which owners
	 */
	public void endAll(Predicate<String> owner) {
		this.store.removeAll(owner).forEach((session) -> {
			closeLive(session.id());
			this.events.ended(session, Reason.REVOKED);
		});
	}

	/**
	 * Return the part of a session that lives on this replica.
	 * @param session the session
	 * @return its live part
	 */
	public LiveSession live(SessionRecord session) {
		LiveSession known = this.live.get(session.id());
		if (known != null) {
			return known;
		}
		return this.live.computeIfAbsent(session.id(), (id) -> new LiveSession(id, this.replica + "-",
				new ReplayLog(this.properties.replayEvents(), this.properties.replaySize().toBytes())));
	}

	/**
	 * Return the time between two {@link #sweep sweeps}: well before a session that is
	 * only listened to would count as idle.
	 * @return the time
	 */
	public Duration sweepInterval() {
		Duration soon = this.properties.idleTimeout().dividedBy(3);
		return (soon.compareTo(MAX_SWEEP_INTERVAL) < 0) ? soon : MAX_SWEEP_INTERVAL;
	}

	/**
	 * Close what lives here of sessions that have ended elsewhere or been idle for too
	 * long. To be called from time to time.
	 */
	public void sweep() {
		Instant now = this.clock.instant();
		this.live.forEach((id, session) -> {
			if (session.isListening()) {
				// Whoever listens is not idle
				this.store.update(id, (current) -> current.usedAt(now));
			}
			if (this.store.find(id) == null) {
				closeLive(id);
			}
		});
	}

	/**
	 * Close everything that lives here; the records stay.
	 */
	public void close() {
		this.live.keySet().forEach(this::closeLive);
	}

	@Override
	public String meter() {
		return "mcp.server.sessions.open";
	}

	@Override
	public String description() {
		return "Sessions that are in use on this replica";
	}

	@Override
	public long count() {
		return this.live.size();
	}

	private void closeLive(String id) {
		LiveSession session = this.live.remove(id);
		if (session != null) {
			session.close();
		}
	}

	private String randomText(int bytes) {
		byte[] random = new byte[bytes];
		this.random.nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

}
