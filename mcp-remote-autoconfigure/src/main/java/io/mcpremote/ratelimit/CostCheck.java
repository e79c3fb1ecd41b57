// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.StartupException;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses to start with tools that cost more than anybody may ask for.
 */
final class CostCheck implements SmartInitializingSingleton {

	private final Catalog catalog;

	private final Policies policies;

	private final CallerRates rates;

	CostCheck(Catalog catalog, Policies policies, CallerRates rates) {
		this.catalog = catalog;
		this.policies = policies;
		this.rates = rates;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.catalog.names(TargetKind.TOOL)) {
			Policy policy = this.policies.tool(name);
			long limit = Math.min(this.rates.smallest(),
					(policy.rateLimit() != null) ? policy.rateLimit().calls() : Long.MAX_VALUE);
			if (policy.cost() > limit) {
				throw new StartupException(
						"A call of the tool '" + name + "' costs " + policy.cost() + ", and a limit that applies to it"
								+ " allows " + limit + ": nobody could ever call it.",
						"Lower its cost, or raise its rate-limit or the limits under mcp.remote.rate-limit.");
			}
		}
	}

}
