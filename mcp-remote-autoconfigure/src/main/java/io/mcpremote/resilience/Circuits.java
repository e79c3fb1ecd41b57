// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.CircuitAdded;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CallPolicies;
import org.jspecify.annotations.Nullable;

/**
 * Resilience4j's breakers, by the names of their targets.
 */
final class Circuits implements Breakers {

	private final ConcurrentMap<String, Circuit> circuits = new ConcurrentHashMap<>();

	private final Instances<CircuitBreaker> instances;

	private final CallPolicies policies;

	private final Consumer<Object> events;

	/**
	 * Create the breakers.
	 * @param registry where they are
	 * @param usual what applies to targets that are not configured, {@code null} for the
	 * default of the registry
	 * @param policies know what a call is about
	 * @param catalog knows what is there
	 * @param events is told of breakers that open and close, and must neither wait nor
	 * fail
	 */
	Circuits(CircuitBreakerRegistry registry, @Nullable CircuitBreakerConfig usual, CallPolicies policies,
			Catalog catalog, Consumer<Object> events) {
		this.instances = new Instances<>(registry,
				(name) -> (usual != null) ? registry.circuitBreaker(name, usual) : registry.circuitBreaker(name),
				catalog);
		this.policies = policies;
		this.events = events;
		registry.getEventPublisher()
			.onEntryRemoved((event) -> forget(event.getRemovedEntry()))
			.onEntryReplaced((event) -> forget(event.getOldEntry()));
	}

	/**
	 * By then there may be another breaker of the same name.
	 */
	private void forget(CircuitBreaker breaker) {
		this.circuits.computeIfPresent(breaker.getName(),
				(name, circuit) -> (circuit.breaker() != breaker) ? circuit : null);
	}

	/**
	 * Return the breaker for a call.
	 * @return the breaker, or {@code null} if the call is about nothing that there is
	 */
	@Nullable Circuit of(McpCall call, CallContext context) {
		Instance instance = Instance.of(call, context, this.policies);
		if (instance == null) {
			return null;
		}
		Circuit known = this.circuits.get(instance.name());
		return (known != null) ? known : find(instance);
	}

	private @Nullable Circuit find(Instance instance) {
		CircuitBreaker breaker = this.instances.get(instance);
		if (breaker == null) {
			return null;
		}
		Circuit circuit = watch(instance, breaker);
		if (this.instances.get(instance) != breaker) {
			// Removed before anybody knew of the circuit
			this.circuits.remove(breaker.getName(), circuit);
		}
		return circuit;
	}

	@Override
	public List<BreakerState> states() {
		return this.circuits.values()
			.stream()
			.map(Circuit::state)
			.sorted(Comparator.comparing(BreakerState::kind).thenComparing(BreakerState::target))
			.toList();
	}

	@SuppressWarnings("NullAway") // Always gives a circuit
	private Circuit watch(Instance instance, CircuitBreaker breaker) {
		AtomicBoolean added = new AtomicBoolean();
		Circuit circuit = this.circuits.compute(breaker.getName(), (name, known) -> {
			if (known != null && known.breaker() == breaker) {
				return known;
			}
			added.set(true);
			return new Circuit(instance, breaker, this.events::accept);
		});
		if (added.get()) {
			BreakerState state = circuit.state();
			this.events.accept(new CircuitAdded(state.kind(), state.target(), state.state()));
		}
		return circuit;
	}

}
