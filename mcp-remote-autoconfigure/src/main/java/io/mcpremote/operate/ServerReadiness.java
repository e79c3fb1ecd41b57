// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.security.KeySets;
import io.mcpremote.security.KeySets.KeySet;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether calls would be of use: the server takes them, has something to offer, can
 * verify tokens and reaches its stores. Asks nobody, and opens nothing.
 */
final class ServerReadiness extends AbstractHealthIndicator {

	private final DrainGuard drain;

	private final Catalog catalog;

	private final List<KeySets> keys;

	private final ProbedStores stores;

	ServerReadiness(DrainGuard drain, Catalog catalog, List<KeySets> keys, ProbedStores stores) {
		super("The readiness of the MCP server could not be found out");
		this.drain = drain;
		this.catalog = catalog;
		this.keys = keys;
		this.stores = stores;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		int offered = 0;
		health.up();
		for (TargetKind kind : TargetKind.values()) {
			offered += this.catalog.names(kind).size();
		}
		health.withDetail("tools", this.catalog.names(TargetKind.TOOL).size());
		if (offered == 0) {
			health.outOfService().withDetail("reason", "no tool, prompt or resource is registered");
		}
		check(health, this.stores.states());
		checkKeys(health, this.keys.stream().flatMap((sets) -> sets.keySets().stream()).toList());
		if (this.drain.isDraining()) {
			health.outOfService().withDetail("reason", "the server is shutting down");
		}
	}

	private static void check(Health.Builder health, Map<String, ProbedStores.State> states) {
		if (!states.isEmpty()) {
			health.withDetail("stores", states);
		}
		if (states.containsValue(ProbedStores.State.UNREACHABLE)) {
			health.down().withDetail("reason", "a store cannot be reached, which is in the log");
		}
	}

	private void checkKeys(Health.Builder health, List<KeySet> sets) {
		if (sets.isEmpty()) {
			return;
		}
		health.withDetail("keySets", sets.stream().map(ServerReadiness::shown).toList());
		if (sets.stream().anyMatch((set) -> set.failing() || set.read() == null)) {
			// Nobody else may ask for them while no calls come
			this.keys.forEach(KeySets::retry);
		}
		if (sets.stream().noneMatch(KeySet::usable)) {
			health.down().withDetail("reason", "the keys of no issuer can be read, which is in the log");
		}
	}

	private static Map<String, Object> shown(KeySet set) {
		Stream<String> states = Stream.of((set.read() == null) ? "not read yet" : "known",
				(set.failing()) ? "cannot be read at the moment" : "");
		return Map.of("issuer", set.issuer(), "state",
				states.filter((state) -> !state.isEmpty()).reduce((a, b) -> a + ", " + b).orElse(""));
	}

}
