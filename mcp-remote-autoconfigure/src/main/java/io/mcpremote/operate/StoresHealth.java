// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether stores can be reached, from the last time that was tried. Waits for none
 * of them.
 */
final class StoresHealth extends AbstractHealthIndicator {

	private final ProbedStores stores;

	StoresHealth(ProbedStores stores) {
		super("Whether stores can be reached could not be found out");
		this.stores = stores;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		Map<String, ProbedStores.State> states = this.stores.states();
		states.forEach(health::withDetail);
		if (states.containsValue(ProbedStores.State.UNREACHABLE)) {
			health.outOfService().withDetail("reason", "a store cannot be reached, which is in the log");
		}
		else if (states.containsValue(ProbedStores.State.UNKNOWN)) {
			health.unknown();
		}
		else {
			health.up();
		}
	}

}
