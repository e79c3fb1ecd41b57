// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.CircuitAdded;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CallPolicies;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Resilience4j's breakers, by the names of their targets.
 */
final class Circuits implements Breakers {

	private static final Log logger = LogFactory.getLog(Circuits.class);

	private final ConcurrentMap<String, Circuit> circuits = new ConcurrentHashMap<>();

	private final Instances<CircuitBreaker> instances;

	private final CallPolicies policies;

	private final ApplicationEventPublisher events;

	/**
	 * Create the breakers.
	 * @param registry where they are
	 * @param usual what applies to targets that are not configured, {@code null} for the
	 * default of the registry
	 * @param policies know what a call is about
	 * @param catalog knows what is there
	 * @param events hear of breakers that open and close
	 */
	Circuits(CircuitBreakerRegistry registry, @Nullable CircuitBreakerConfig usual, CallPolicies policies,
			Catalog catalog, ApplicationEventPublisher events) {
		this.instances = new Instances<>(registry,
				(name) -> (usual != null) ? registry.circuitBreaker(name, usual) : registry.circuitBreaker(name),
				catalog);
		this.policies = policies;
		this.events = events;
		registry.getEventPublisher().onEntryRemoved((event) -> this.circuits.remove(event.getRemovedEntry().getName()));
	}

	/**
	 * Return the breaker for a call.
	 * @return the breaker, or {@code null} if the call is about nothing that there is
	 */
	@Nullable Circuit of(McpCall call, CallContext context) {
		Instance instance = Instance.of(call, context, this.policies);
		CircuitBreaker breaker = (instance != null) ? this.instances.get(instance) : null;
		if (instance == null || breaker == null) {
			return null;
		}
		Circuit known = this.circuits.get(breaker.getName());
		return (known != null && known.breaker() == breaker) ? known : watch(instance, breaker);
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
			return new Circuit(instance, breaker, this.events::publishEvent);
		});
		if (added.get()) {
			tell(circuit.state());
		}
		return circuit;
	}

	private void tell(BreakerState state) {
		try {
			this.events.publishEvent(new CircuitAdded(state.kind(), state.target(), state.state()));
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed to hear of a new breaker", ex);
		}
	}

}
