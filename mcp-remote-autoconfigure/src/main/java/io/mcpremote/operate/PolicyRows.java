// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;
import io.mcpremote.resilience.BreakerState;
import io.mcpremote.resilience.Breakers;
import org.jspecify.annotations.Nullable;

/**
 * Brings together, for everything the server offers, what applies to it, what has become
 * of its calls and how its breaker stands.
 *
 * @since 0.1.0
 */
public final class PolicyRows {

	private final Catalog catalog;

	private final Policies policies;

	private final CallStatistics statistics;

	private final Supplier<@Nullable Breakers> breakers;

	PolicyRows(Catalog catalog, Policies policies, CallStatistics statistics, Supplier<@Nullable Breakers> breakers) {
		this.catalog = catalog;
		this.policies = policies;
		this.statistics = statistics;
		this.breakers = breakers;
	}

	/**
	 * Return a row for everything of a kind.
	 * @param kind the kind
	 * @return the rows, by name
	 */
	public List<PolicyRow> of(TargetKind kind) {
		Map<String, PolicyRow.Breaker> states = breakers(kind);
		return this.catalog.names(kind).stream().map((name) -> row(kind, name, states.get(name))).toList();
	}

	/**
	 * Return the row of one thing.
	 * @param kind its kind
	 * @param name its name
	 * @return the row, {@code null} if there is nothing of that name
	 */
	public @Nullable PolicyRow of(TargetKind kind, String name) {
		return (this.catalog.names(kind).contains(name)) ? row(kind, name, breakers(kind).get(name)) : null;
	}

	private PolicyRow row(TargetKind kind, String name, PolicyRow.@Nullable Breaker breaker) {
		Policy policy = switch (kind) {
			case TOOL -> this.policies.tool(name);
			case PROMPT -> this.policies.prompt(name);
			case RESOURCE, TEMPLATE -> this.policies.resource(name, name);
		};
		return PolicyRow.of(name, policy, this.statistics.of(counted(kind), name), breaker);
	}

	private Map<String, PolicyRow.Breaker> breakers(TargetKind kind) {
		Breakers all = this.breakers.get();
		Map<String, PolicyRow.Breaker> states = new HashMap<>();
		if (all != null) {
			all.states()
				.stream()
				.filter((state) -> counted(state.kind()) == counted(kind))
				.forEach((state) -> states.put(state.target(), breaker(state)));
		}
		return states;
	}

	/**
	 * Who reads a resource does not say whether a template serves it.
	 */
	private static TargetKind counted(TargetKind kind) {
		return (kind == TargetKind.TEMPLATE) ? TargetKind.RESOURCE : kind;
	}

	private static PolicyRow.Breaker breaker(BreakerState state) {
		return new PolicyRow.Breaker(state.state(), state.calls(), state.failures(), state.refused(),
				(state.retryAfter() != null) ? state.retryAfter().toSeconds() : null);
	}

}
