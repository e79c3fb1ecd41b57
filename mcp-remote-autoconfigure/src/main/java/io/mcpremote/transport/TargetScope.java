// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.ReactiveContextSource;
import io.mcpremote.call.ThrownTranslator;
import io.modelcontextprotocol.common.McpTransportContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The surroundings in which targets run: what they find in their thread and in their
 * Reactor context, and who understands what they throw.
 */
final class TargetScope {

	private final CallerScope callers;

	private final List<ReactiveContextSource> contexts;

	private final List<ThrownTranslator> translators;

	TargetScope(CallerScope callers, List<ReactiveContextSource> contexts, List<ThrownTranslator> translators) {
		this.callers = callers;
		this.contexts = List.copyOf(contexts);
		this.translators = List.copyOf(translators);
	}

	/**
	 * Run a target to its end.
	 */
	@Nullable Object block(Mono<Object> target, RunningCall running, McpTransportContext transport) {
		McpCall call = running.call();
		Map<Object, Object> entries = new HashMap<>();
		entries.put(McpTransportContext.KEY, transport);
		entries.put(Caller.class, call.caller());
		this.contexts.forEach((source) -> source.contribute(call, entries::put));
		running.reactiveContext(Context.of(entries));
		return this.callers.run(call.caller(), target.contextWrite(running.reactiveContext())::block);
	}

	/**
	 * Return the outcome of a call whose target threw.
	 */
	CallOutcome outcomeOf(McpCall call, Throwable thrown) {
		for (ThrownTranslator translator : this.translators) {
			CallOutcome outcome = translator.translate(call, thrown);
			if (outcome != null) {
				return outcome;
			}
		}
		return CallErrors.outcomeOf(call, thrown);
	}

}
