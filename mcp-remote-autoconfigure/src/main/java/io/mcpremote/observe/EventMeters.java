// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.call.AbandonedCallEnded;
import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.CircuitAdded;
import io.mcpremote.call.CircuitChanged;
import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.TargetKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.event.EventListener;

/**
 * Counts what other parts of the server publish as events.
 */
final class EventMeters {

	private static final int MAX_FAULTS = 50;

	private static final String TOOL = "gen_ai.tool.name";

	private final MeterRegistry registry;

	private final KnownTargets targets;

	private final CallOutcomeMeters outcomes;

	private final BoundedNames faults = new BoundedNames(MAX_FAULTS);

	private final AtomicInteger abandoned = new AtomicInteger();

	private final Map<String, AtomicBoolean> circuits = new ConcurrentHashMap<>();

	EventMeters(MeterRegistry registry, KnownTargets targets, CallOutcomeMeters outcomes) {
		this.registry = registry;
		this.targets = targets;
		this.outcomes = outcomes;
		Gauge.builder("mcp.server.abandoned.active", this.abandoned, AtomicInteger::get)
			.description("Calls that go on although their clients have been answered")
			.register(registry);
	}

	@EventListener
	void onAuthenticationFailed(AuthenticationFailed event) {
		switch (event.fault()) {
			// They may well be who they say, which nobody has looked into
			case "too_many" -> this.outcomes.refused(RefusalReason.LIMITED, "address", "request");
			case "unavailable" -> this.outcomes.refused(RefusalReason.UNAVAILABLE, null, "request");
			default -> unauthenticated(event);
		}
	}

	private void unauthenticated(AuthenticationFailed event) {
		count("mcp.server.authentication.failures", "Requests whose callers could not show who they are", "cause",
				this.faults.use(event.fault()));
	}

	@EventListener
	void onRequestRefused(RequestRefused event) {
		this.outcomes.refused(event.reason(), null, "request");
	}

	@EventListener
	void onAbandoned(CallAbandoned event) {
		this.abandoned.set(event.abandoned());
		count("mcp.server.abandoned", "Calls that took longer than they may and did not end", TOOL, tool(event.call()));
	}

	@EventListener
	void onAbandonedEnded(AbandonedCallEnded event) {
		this.abandoned.set(event.abandoned());
	}

	@EventListener
	void onDeprecated(DeprecatedCall event) {
		Counter.builder("mcp.server.deprecated.calls")
			.description("Calls of tools that are deprecated or removed")
			.tag(TOOL, this.targets.use(TargetKind.TOOL, event.tool()))
			.tag("removed", Boolean.toString(event.removed()))
			.register(this.registry)
			.increment();
	}

	@EventListener
	void onCircuitAdded(CircuitAdded event) {
		circuit(event.kind(), event.target(), event.state());
	}

	@EventListener
	void onCircuitChanged(CircuitChanged event) {
		circuit(event.kind(), event.target(), event.to());
	}

	private void circuit(TargetKind kind, String target, String state) {
		String name = this.targets.use(kind, target);
		if (!name.equals(BoundedNames.OTHER)) {
			// Half open too: hardly anybody is let through
			boolean open = state.equals("open") || state.equals("forced-open") || state.equals("half-open");
			this.circuits.computeIfAbsent(kind + " " + name, (key) -> circuit(kind, name)).set(open);
		}
	}

	private AtomicBoolean circuit(TargetKind kind, String name) {
		AtomicBoolean open = new AtomicBoolean();
		Gauge
			.builder("mcp.server.circuit.open", open,
					(state) -> (state.get() && this.targets.exists(kind, name)) ? 1 : 0)
			.description("Whether something is not called for the time being, since it has failed too often")
			.tag("kind", kind.name().toLowerCase(Locale.ROOT))
			.tag("target", name)
			.strongReference(true)
			.register(this.registry);
		return open;
	}

	private String tool(McpCall call) {
		return ("tools/call".equals(call.method())) ? this.targets.find(TargetKind.TOOL, call.target())
				: CallObservationContext.NONE;
	}

	private void count(String name, String description, String tag, String value) {
		Counter.builder(name).description(description).tag(tag, value).register(this.registry).increment();
	}

}
