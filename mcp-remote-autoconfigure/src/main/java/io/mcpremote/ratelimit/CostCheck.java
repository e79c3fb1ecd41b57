// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.List;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.StartupException;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses to start with what costs more than anybody may ask for.
 */
final class CostCheck implements SmartInitializingSingleton {

	private final Catalog catalog;

	private final Policies policies;

	private final CallerRates rates;

	private final long quota;

	/**
	 * Create a check.
	 * @param catalog knows what is there
	 * @param policies know what it costs
	 * @param rates what callers may ask for
	 * @param quota the smallest quota
	 */
	CostCheck(Catalog catalog, Policies policies, CallerRates rates, long quota) {
		this.catalog = catalog;
		this.policies = policies;
		this.rates = rates;
		this.quota = quota;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.catalog.names(TargetKind.TOOL).forEach((name) -> check("tool", name, this.policies.tool(name)));
		this.catalog.names(TargetKind.PROMPT).forEach((name) -> check("prompt", name, this.policies.prompt(name)));
		for (TargetKind kind : List.of(TargetKind.RESOURCE, TargetKind.TEMPLATE)) {
			this.catalog.names(kind).forEach((uri) -> check("resource", uri, this.policies.resource(uri, uri)));
		}
	}

	private void check(String kind, String name, Policy policy) {
		long own = (policy.rateLimit() != null) ? policy.rateLimit().calls() : Long.MAX_VALUE;
		long most = Math.min(this.rates.most(policy.isPublic(), this.quota), own);
		if (policy.cost() > most) {
			throw new StartupException(
					"The " + kind + " '" + name + "' costs " + policy.cost() + " calls, and the limits allow " + most
							+ " in a whole window: nobody could ever use it.",
					"Lower its cost, or raise its rate-limit, the limits under mcp.remote.rate-limit or the quotas under"
							+ " mcp.remote.quota.");
		}
	}

}
