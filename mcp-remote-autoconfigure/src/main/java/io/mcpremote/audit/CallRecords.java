// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.call.CallConfirmation;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.Caller;
import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.call.McpCall;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of calls.
 */
final class CallRecords {

	private static final Map<String, String> CANCELLED = Map.of("cancelled", "true");

	private static final Map<String, String> DEPRECATED = Map.of("deprecated", "true");

	private static final Map<String, String> CANCELLED_AND_DEPRECATED = both();

	private final Redaction redaction;

	private final TraceIds traces;

	private final Clock clock;

	CallRecords(Redaction redaction, TraceIds traces, Clock clock) {
		this.redaction = redaction;
		this.traces = traces;
		this.clock = clock;
	}

	/**
	 * Return what a call is to do. To be asked for on the thread of the call, before its
	 * target can change the arguments.
	 */
	Action action(McpCall call, CallContext context) {
		return this.redaction.of(call, context, this.traces.of(call));
	}

	/**
	 * Return the event of a call that is about to run its target.
	 */
	AuditEvent intent(McpCall call, Action action) {
		return new AuditEvent(call.id() + "-intent", this.clock.instant(), Type.INTENT, actor(call.caller()),
				client(call), action, null, Map.of("call", call.id()));
	}

	/**
	 * Return the event of a call whose client has an answer.
	 */
	AuditEvent ended(McpCall call, CallContext context, Action action, CallOutcome outcome) {
		Instant now = this.clock.instant();
		return new AuditEvent(call.id(), now, Type.CALL, actor(call.caller()), client(call), action,
				ending(call, context, outcome, now), details(context, outcome));
	}

	private static Map<String, String> details(CallContext context, CallOutcome outcome) {
		// A result that nobody waits for any more has been there all the same
		boolean cancelled = outcome instanceof Result && context.isCancelled();
		if (context.attribute(DeprecatedCall.ATTRIBUTE) != null) {
			return (cancelled) ? CANCELLED_AND_DEPRECATED : DEPRECATED;
		}
		return (cancelled) ? CANCELLED : Map.of();
	}

	private static Map<String, String> both() {
		Map<String, String> both = new TreeMap<>(CANCELLED);
		both.putAll(DEPRECATED);
		return Collections.unmodifiableMap(both);
	}

	/**
	 * Return the event of a call that has come to its end after its client had been
	 * answered.
	 */
	AuditEvent late(McpCall call, CallContext context, Action action, CallOutcome outcome) {
		Instant now = this.clock.instant();
		return new AuditEvent(call.id() + "-late", now, Type.LATE, actor(call.caller()), client(call), action,
				ending(call, context, outcome, now), Map.of("call", call.id()));
	}

	private static Ending ending(McpCall call, CallContext context, CallOutcome outcome, Instant now) {
		Duration duration = Duration.between(call.started(), now);
		boolean remembered = context.attribute(CallContext.CACHED) != null
				|| context.attribute(CallContext.REPEATED) != null;
		Object decision = context.attribute(CallConfirmation.ATTRIBUTE);
		boolean cancelled = context.isCancelled();
		Throwable cause = (outcome instanceof Failure failure) ? failure.cause() : null;
		return new Ending(Endings.outcome(outcome, cancelled), Endings.stage(outcome, context.reached()),
				Endings.reason(outcome, cancelled), (cause != null) ? Endings.error(cause) : null,
				(duration.isNegative()) ? Duration.ZERO : duration,
				(outcome instanceof Result result) ? ResultLength.of(result.value()) : null, remembered,
				(decision instanceof Enum<?> word) ? Endings.word(word) : null);
	}

	static Actor actor(@Nullable Caller caller) {
		if (caller == null) {
			return Actor.NONE;
		}
		return new Actor(Shown.trusted(caller.subject()), Shown.trusted(caller.issuer()),
				Shown.trusted(caller.clientId()), Shown.trusted(caller.tenant()), Shown.trusted(caller.address()));
	}

	static Client client(McpCall call) {
		return new Client(Shown.untrusted(call.client().name(), Shown.MAX_NAME),
				Shown.untrusted(call.client().version(), Shown.MAX_NAME),
				(call.revision().isModern()) ? "modern" : "legacy", call.revision().text(),
				SessionNames.of(call.sessionId()));
	}

}
