// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.session.LiveSession;
import io.mcpremote.session.SessionRecord;
import io.mcpremote.wire.JsonRpcWriter;

/**
 * Puts the events that concern a legacy session on its standalone stream. Runs when the
 * session ends to stop doing so.
 */
final class SessionNotifications implements NotificationHub.Listener, Runnable {

	private final LiveSession session;

	private final NotificationHub hub;

	private final ResourceInterest interest;

	private final JsonRpcWriter json;

	private final Set<String> uris = ConcurrentHashMap.newKeySet();

	/**
	 * What whoever listens may read. Nobody has, at first, and what is told then is
	 * looked through for whoever does.
	 */
	private volatile Predicate<String> readable = (uri) -> true;

	private boolean ended;

	private SessionNotifications(LiveSession session, NotificationHub hub, ResourceInterest interest,
			JsonRpcWriter json) {
		this.session = session;
		this.hub = hub;
		this.interest = interest;
		this.json = json;
	}

	/**
	 * Return the notifications of a session, which begin with the first call of this
	 * method.
	 */
	static SessionNotifications of(LiveSession session, SessionRecord recorded, NotificationHub hub,
			ResourceInterest interest, JsonRpcWriter json) {
		SessionNotifications known = session.attachment(SessionNotifications.class);
		if (known != null) {
			return known;
		}
		SessionNotifications fresh = new SessionNotifications(session, hub, interest, json);
		SessionNotifications attached = session.attach(SessionNotifications.class, fresh);
		if (attached == fresh) {
			fresh.begin(recorded);
		}
		return attached;
	}

	synchronized void subscribe(String uri) {
		if (!this.ended && this.uris.add(uri)) {
			this.interest.add(uri);
		}
	}

	synchronized void unsubscribe(String uri) {
		if (this.uris.remove(uri)) {
			this.interest.remove(uri);
		}
	}

	/**
	 * Tell no more than whoever listens from now on may read.
	 * @param current tells by URI what that is at the moment
	 * @return tells by URI what it may be told of what has been kept for it; does not ask
	 * anybody
	 */
	Predicate<String> readableBy(Predicate<String> current) {
		this.readable = current;
		return this.uris.stream().filter(current).collect(Collectors.toUnmodifiableSet())::contains;
	}

	@Override
	public void onEvent(ServerEvent event) {
		if (event.kind() != ServerEvent.Kind.RESOURCE_UPDATED) {
			this.session.standalone().append(this.json.notification(event.kind().method(), null));
		}
		else if (event.uri() != null && this.uris.contains(event.uri()) && this.readable.test(event.uri())) {
			this.session.standalone()
				.append(this.json.notification(event.kind().method(), Map.of("uri", event.uri())), event.uri());
		}
	}

	@Override
	public void onClose() {
		this.session.standalone().end();
	}

	private synchronized void begin(SessionRecord recorded) {
		if (!this.ended) {
			recorded.subscriptions().forEach(this::subscribe);
			this.hub.add(this);
		}
	}

	@Override
	public synchronized void run() {
		this.ended = true;
		this.hub.remove(this);
		for (String uri : Set.copyOf(this.uris)) {
			unsubscribe(uri);
		}
	}

}
