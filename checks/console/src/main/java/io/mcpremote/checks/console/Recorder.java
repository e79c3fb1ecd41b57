// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditSink;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.stereotype.Component;

/**
 * Tells sinks of calls as long as nobody else does.
 */
@Component
@ConditionalOnMissingClass("io.mcpremote.audit.McpRemoteAuditAutoConfiguration")
class Recorder implements CallGuard {

	private final ObjectProvider<AuditSink> sinks;

	Recorder(ObjectProvider<AuditSink> sinks) {
		this.sinks = sinks;
	}

	@Override
	public CallStage stage() {
		return CallStage.AUDIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		long begun = System.nanoTime();
		CallOutcome outcome = next.proceed(call, context);
		CallStage reached = context.reached();
		AuditEvent event = new AuditEvent(call.id(), Instant.now(), AuditEvent.Type.CALL,
				new Actor(call.caller().subject(), call.caller().issuer(), call.caller().clientId(),
						call.caller().tenant(), call.caller().address()),
				new Client(call.client().name(), call.client().version(),
						(call.revision().isModern()) ? "modern" : "legacy", call.revision().text(), null),
				new Action(call.method(), call.target(), null, Objects.toString(call.params().get("arguments"), null),
						null),
				new Ending(word(outcome), (reached != null) ? reached.name().toLowerCase(Locale.ROOT) : "target",
						(outcome instanceof CallOutcome.Refusal refusal) ? refusal.reason().name() : null, null,
						Duration.ofNanos(System.nanoTime() - begun), null, false, null),
				Map.of());
		synchronized (this) {
			this.sinks.forEach((sink) -> sink.append(List.of(event)));
		}
		return outcome;
	}

	private static String word(CallOutcome outcome) {
		if (outcome instanceof CallOutcome.Refusal) {
			return "refused";
		}
		boolean failed = outcome instanceof CallOutcome.Failure || outcome instanceof CallOutcome.Result result
				&& result.value() instanceof CallToolResult answer && Boolean.TRUE.equals(answer.isError());
		return (failed) ? "failed" : "ok";
	}

}
