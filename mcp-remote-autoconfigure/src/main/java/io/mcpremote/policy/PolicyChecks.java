// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Refuses settings that cannot be enforced as they are written.
 */
final class PolicyChecks {

	private static final int MAX_COST = 1_000_000;

	private PolicyChecks() {
	}

	static void check(PolicySettings settings, String source) {
		if (settings.access() == Access.PUBLIC
				&& (!PolicySettings.isEmpty(settings.scopes()) || !PolicySettings.isEmpty(settings.roles()))) {
			throw new InvalidPolicyException(source + " is public and asks for scopes or roles at the same time.",
					"Take away either access or scopes and roles.");
		}
		checkNames(source, "scopes", settings.scopes(), "SCOPE_");
		checkNames(source, "roles", settings.roles(), "ROLE_");
		if (settings.rateLimit() != null && !settings.rateLimit().isEmpty()
				&& Rate.parse(settings.rateLimit()) == null) {
			throw invalid(source, "rate-limit", settings.rateLimit(), Rate.FORMAT);
		}
		if (settings.cost() != null && (settings.cost() < 1 || settings.cost() > MAX_COST)) {
			throw invalid(source, "cost", settings.cost(), "It must be between 1 and " + MAX_COST + ".");
		}
	}

	/**
	 * Return a rate that has been checked.
	 */
	static @Nullable Rate rate(String text) {
		return (text.isEmpty()) ? null : Rate.parse(text);
	}

	private static void checkNames(String source, String key, @Nullable List<String> values, String prefix) {
		for (String value : (values != null) ? values : List.<String>of()) {
			if (!ScopeName.isValid(value)) {
				throw new InvalidPolicyException(source + ": '" + value + "' in " + key + " is not a name.",
						"Use printable ASCII without spaces, quotes and backslashes, and commas between several.");
			}
			if (value.startsWith(prefix)) {
				throw new InvalidPolicyException(source + ": '" + value + "' in " + key + " has a prefix.",
						"Leave " + prefix + " out: " + value.substring(prefix.length()) + ".");
			}
		}
	}

	private static InvalidPolicyException invalid(String source, String key, Object value, String action) {
		return new InvalidPolicyException(source + ": '" + value + "' in " + key + " cannot be used.", action);
	}

}
