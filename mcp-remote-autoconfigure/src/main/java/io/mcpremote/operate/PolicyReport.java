// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;

/**
 * Says what applies to everything the server offers, as far as that can be read.
 */
final class PolicyReport {

	private static final int MAX_ROWS = 200;

	private final Catalog catalog;

	private final Policies policies;

	private final boolean secured;

	/**
	 * Create a report.
	 * @param catalog knows what is there
	 * @param policies know what applies to it
	 * @param secured whether anybody asks who calls
	 */
	PolicyReport(Catalog catalog, Policies policies, boolean secured) {
		this.catalog = catalog;
		this.policies = policies;
		this.secured = secured;
	}

	@Override
	public String toString() {
		PolicyTable table = new PolicyTable();
		// First what is said of many at once
		table.add("tool-defaults", "", this.policies.toolDefault());
		int rows = 0;
		for (Map.Entry<String, Policy> entry : patterns().entrySet()) {
			if (rows++ < MAX_ROWS) {
				table.add("resources", entry.getKey(), entry.getValue());
			}
		}
		for (TargetKind kind : TargetKind.values()) {
			for (String name : this.catalog.names(kind)) {
				if (rows++ < MAX_ROWS) {
					table.add(kind.name().toLowerCase(Locale.ROOT), name, switch (kind) {
						case TOOL -> this.policies.tool(name);
						case PROMPT -> this.policies.prompt(name);
						case RESOURCE, TEMPLATE -> this.policies.resource(name, name);
					});
				}
			}
		}
		if (rows == 0) {
			return "";
		}
		String unasked = (this.secured) ? "" : " (nobody asks who that is: access, scopes and roles are not enforced)";
		String more = (rows > MAX_ROWS) ? System.lineSeparator() + "  and " + (rows - MAX_ROWS) + " more" : "";
		return System.lineSeparator() + "What applies to calls" + unasked + ":" + table + more;
	}

	/**
	 * Return what is configured for resources and is no entry of the lists, which have
	 * rows of their own.
	 */
	private Map<String, Policy> patterns() {
		Map<String, Policy> patterns = new TreeMap<>(this.policies.configuredResources());
		patterns.keySet().removeAll(Set.copyOf(this.catalog.names(TargetKind.RESOURCE)));
		patterns.keySet().removeAll(Set.copyOf(this.catalog.names(TargetKind.TEMPLATE)));
		return patterns;
	}

}
