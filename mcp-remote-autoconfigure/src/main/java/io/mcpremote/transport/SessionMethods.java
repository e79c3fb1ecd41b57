// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.session.LiveSession;
import io.mcpremote.session.SessionRecord;
import io.mcpremote.wire.JsonRpcWriter;
import org.jspecify.annotations.Nullable;

/**
 * Answers the methods that legacy clients have for the handshake and their session.
 */
final class SessionMethods {

	private static final Duration SESSIONS_RETRY = Duration.ofSeconds(60);

	private static final Result EMPTY = new Result(Map.of());

	private final LegacySessions sessions;

	private final Supplier<ServerDescription> description;

	private final Function<McpCall, Predicate<String>> readable;

	private final NotificationHub hub;

	private final ResourceInterest interest;

	private final JsonRpcWriter json;

	SessionMethods(LegacySessions sessions, Supplier<ServerDescription> description,
			Function<McpCall, Predicate<String>> readable, NotificationHub hub, ResourceInterest interest,
			JsonRpcWriter json) {
		this.readable = readable;
		this.sessions = sessions;
		this.description = description;
		this.hub = hub;
		this.interest = interest;
		this.json = json;
	}

	CallOutcome ping(McpCall call, RunningCall running) {
		return EMPTY;
	}

	CallOutcome initialize(McpCall call, RunningCall running) {
		Object version = call.params().get("protocolVersion");
		Object capabilities = call.params().get("capabilities");
		Object clientInfo = call.params().get("clientInfo");
		if (version != null && !(version instanceof String)) {
			return Refusals.invalidParams("protocolVersion must be a string");
		}
		if (!isObject(capabilities) || !isObject(clientInfo)) {
			return Refusals.invalidParams("capabilities and clientInfo must be JSON objects");
		}
		Revision asked = Revision.of((String) version);
		Revision negotiated = (asked != null && !asked.isModern()) ? asked : Revision.newestLegacy();
		if (this.sessions.areEnabled()) {
			SessionRecord session = this.sessions.all()
				.begin(call.caller(), negotiated.text(), ClientProfile.essential(map(capabilities)),
						ClientProfile.named(map(clientInfo)));
			if (session == null) {
				return Refusals.unavailable("This server has as many sessions as it can keep", SESSIONS_RETRY);
			}
			running.responseHeader(LegacyEra.SESSION_HEADER, session.id());
		}
		return new Result(this.description.get().initialize(negotiated, this.sessions.areEnabled()));
	}

	CallOutcome setLevel(McpCall call, RunningCall running) {
		try {
			String level = RequestMeta.level(call.params().get("level")).name().toLowerCase(Locale.ROOT);
			if (call.sessionId() != null) {
				this.sessions.all().change(call.sessionId(), (session) -> session.withLogLevel(level));
			}
			return EMPTY;
		}
		catch (RefusedException ex) {
			return ex.refusal();
		}
	}

	CallOutcome subscribe(McpCall call, RunningCall running) {
		SessionRecord session = session(call);
		if (session == null) {
			return Refusals.methodNotFound(call.method());
		}
		String uri = call.target();
		if (uri == null) {
			return Refusals.invalidParams("uri must be a string");
		}
		if (uri.length() > ListenFilter.MAX_URI_LENGTH) {
			return Refusals.invalidParams("uri is longer than " + ListenFilter.MAX_URI_LENGTH + " characters");
		}
		int max = this.sessions.maxSubscriptions();
		SessionRecord changed = this.sessions.all()
			.change(session.id(),
					(current) -> (current.subscriptions().size() < max) ? current.subscribe(uri) : current);
		if (changed == null || !changed.subscriptions().contains(uri)) {
			return Refusals
				.invalidParams("this session has " + max + " subscriptions, which is as many as it can have");
		}
		notifications(session).subscribe(uri);
		return EMPTY;
	}

	CallOutcome unsubscribe(McpCall call, RunningCall running) {
		SessionRecord session = session(call);
		if (session == null) {
			return Refusals.methodNotFound(call.method());
		}
		String uri = call.target();
		if (uri == null) {
			return Refusals.invalidParams("uri must be a string");
		}
		this.sessions.all().change(session.id(), (current) -> current.unsubscribe(uri));
		notifications(session).unsubscribe(uri);
		return EMPTY;
	}

	CallOutcome openStream(McpCall call, RunningCall running) {
		SessionRecord session = session(call);
		if (session == null) {
			return Refusals.of(RefusalReason.UNKNOWN_SESSION, "Session not found: initialize again");
		}
		LiveSession live = this.sessions.live(session);
		String lastEventId = (String) call.params().get("lastEventId");
		if (lastEventId != null && !live.canResume(lastEventId)) {
			return Refusals.of(RefusalReason.INVALID_REQUEST,
					"Last-Event-ID is not known any more: listen without it, and repeat what has not been answered");
		}
		SessionNotifications notifications = notifications(session);
		// A stream that answers a call tells of no resource
		Predicate<String> told = (lastEventId == null || live.isStandalone(lastEventId))
				? notifications.readableBy(this.readable.apply(call)) : (uri) -> false;
		return new CallOutcome.Stream((sink) -> {
			String after = lastEventId;
			if (after == null && call.revision().compareTo(Revision.V2025_11_25) >= 0) {
				// Go on from the very place the client is told, whatever happens
				// meanwhile
				after = live.standalone().currentId();
				sink.send(after, new byte[0]);
			}
			if (!live.listen(after, sink, told)) {
				sink.complete();
			}
		});
	}

	private SessionNotifications notifications(SessionRecord session) {
		return SessionNotifications.of(this.sessions.live(session), session, this.hub, this.interest, this.json);
	}

	private @Nullable SessionRecord session(McpCall call) {
		return (call.sessionId() != null) ? this.sessions.all().current(call.sessionId()) : null;
	}

	private static boolean isObject(@Nullable Object value) {
		return value == null || value instanceof Map<?, ?>;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(@Nullable Object value) {
		return (value != null) ? (Map<String, Object>) value : Map.of();
	}

}
