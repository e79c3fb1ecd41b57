// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.Caller;
import io.mcpremote.call.DrainStarted;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.ScopeElevation;
import io.mcpremote.call.SessionEnded;
import io.mcpremote.call.SessionStarted;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Puts on record what happens beside calls. Never waits: events come from threads on
 * which others depend.
 */
final class AuditListener {

	private final AuditTrail trail;

	private final TraceIds traces;

	private final Clock clock;

	AuditListener(AuditTrail trail, TraceIds traces, Clock clock) {
		this.trail = trail;
		this.traces = traces;
		this.clock = clock;
	}

	@EventListener
	void onAuthenticationFailed(AuthenticationFailed event) {
		Caller caller = Caller.anonymous(event.address());
		String fault = Shown.trusted(event.fault());
		if (this.trail.floods().admit(Type.AUTHENTICATION_FAILURE, "authentication", String.valueOf(fault), caller)) {
			record(Type.AUTHENTICATION_FAILURE, CallRecords.actor(caller), Client.UNKNOWN, action(null),
					refused("authentication", fault), Map.of());
		}
	}

	@EventListener
	void onRequestRefused(RequestRefused event) {
		Caller caller = (event.caller() != null) ? event.caller() : Caller.anonymous(event.address());
		String reason = Endings.word(event.reason());
		if (this.trail.floods().admit(Type.REFUSED_REQUEST, "request", reason, caller)) {
			// What the request says of its client and session has not been looked at
			record(Type.REFUSED_REQUEST, CallRecords.actor(caller), Client.UNKNOWN,
					action(Shown.untrusted(event.method(), Shown.MAX_NAME)), refused("request", reason), Map.of());
		}
	}

	@EventListener
	void onScopeElevation(ScopeElevation event) {
		McpCall call = event.call();
		record(Type.SCOPE_ELEVATION, CallRecords.actor(call.caller()), CallRecords.client(call),
				new Action(call.method(), Shown.untrusted(event.target(), Shown.MAX_URI), null, null,
						this.traces.of(call)),
				null, Map.of("step", Endings.word(event.step()), "scopes", String.join(" ", event.scopes()), "call",
						call.id()));
	}

	@EventListener
	void onSessionStarted(SessionStarted event) {
		Client client = new Client(Shown.untrusted(event.client().name(), Shown.MAX_NAME),
				Shown.untrusted(event.client().version(), Shown.MAX_NAME), "legacy", event.version(),
				SessionNames.of(event.sessionId()));
		record(Type.SESSION_STARTED, CallRecords.actor(event.caller()), client, null, null, Map.of());
	}

	@EventListener
	void onSessionEnded(SessionEnded event) {
		String address = Caller.addressOfOwnerKey(event.ownerKey());
		Caller owner = (address != null) ? Caller.anonymous(address) : Caller.ofOwnerKey(event.ownerKey());
		record(Type.SESSION_ENDED, CallRecords.actor(owner),
				new Client(null, null, "legacy", null, SessionNames.of(event.sessionId())), null, null,
				Map.of("reason", Endings.word(event.reason())));
	}

	@EventListener
	void onDrainStarted(DrainStarted event) {
		record(Type.DRAIN, Actor.NONE, Client.UNKNOWN, null, null,
				Map.of("underWay", Integer.toString(event.underWay())));
	}

	private void record(Type type, Actor actor, Client client, @Nullable Action action, @Nullable Ending ending,
			Map<String, String> details) {
		this.trail.offer(new AuditEvent(UUID.randomUUID().toString(), this.clock.instant(), type, actor, client, action,
				ending, details));
	}

	/**
	 * Return what is known of a request that has not become a call.
	 */
	private @Nullable Action action(@Nullable String method) {
		String trace = this.traces.ofCurrent();
		return (method != null || trace != null) ? new Action(method, null, null, null, trace) : null;
	}

	private static Ending refused(String stage, @Nullable String reason) {
		return new Ending(Endings.REFUSED, stage, reason, null, Duration.ZERO, null, false, null);
	}

}
