// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Sunset;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes sure that callers of deprecated tools have somewhere to go, and reminds of
 * removals that come near.
 */
final class DeprecationCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(DeprecationCheck.class);

	private static final int DAYS_AHEAD = 30;

	private final Catalog catalog;

	private final Policies policies;

	private final Clock clock;

	DeprecationCheck(Catalog catalog, Policies policies, Clock clock) {
		this.catalog = catalog;
		this.policies = policies;
		this.clock = clock;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> tools = this.catalog.names(TargetKind.TOOL);
		for (String tool : tools) {
			Sunset sunset = this.policies.tool(tool).sunset();
			if (sunset != null) {
				checkSuccessors(tool, tools);
				remind(tool, sunset);
			}
		}
	}

	/**
	 * A chain of successors is fine as long as it leads somewhere.
	 */
	private void checkSuccessors(String tool, List<String> tools) {
		Set<String> seen = new HashSet<>(Set.of(tool));
		String last = tool;
		for (String next = successor(tool); next != null; next = successor(next)) {
			if (!tools.contains(next)) {
				throw invalid(last, next, "there is no such tool", "There are: " + String.join(", ", tools) + ".");
			}
			if (!seen.add(next)) {
				throw invalid(last, next, "which leads back to '" + next + "'", "Name a tool that stays.");
			}
			last = next;
		}
	}

	private @Nullable String successor(String tool) {
		Sunset sunset = this.policies.tool(tool).sunset();
		return (sunset != null) ? sunset.replacedBy() : null;
	}

	private void remind(String tool, Sunset sunset) {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		LocalDate removal = sunset.removal();
		if (removal == null || today.plusDays(DAYS_AHEAD).isBefore(removal)) {
			return;
		}
		if (SunsetGuard.isRemoved(sunset, today)) {
			logger.warn("The tool '" + tool + "' was removed on " + removal
					+ ": calls are refused. Its code is not needed any more.");
		}
		else {
			logger.warn("The tool '" + tool + "' will be refused from " + removal
					+ " (UTC) on. See who still calls it, or set a later day in deprecated.removal.");
		}
		Sunset successors = (sunset.replacedBy() != null) ? this.policies.tool(sunset.replacedBy()).sunset() : null;
		if (successors != null && successors.removal() != null && !successors.removal().isAfter(removal)) {
			logger.warn("The tool '" + tool + "' refers its callers to '" + sunset.replacedBy()
					+ "', which does not outlive it: that one is removed on " + successors.removal() + ".");
		}
	}

	private static InvalidPolicyException invalid(String tool, String successor, String reason, String hint) {
		return new InvalidPolicyException(
				"The tool '" + tool + "' is replaced by '" + successor + "' (deprecated.replaced-by): " + reason + ".",
				hint + " Correct it where it stands: in @Deprecation beside the tool, or under mcp.remote.tools." + tool
						+ ".deprecated or mcp.remote.tool-defaults.deprecated.");
	}

}
