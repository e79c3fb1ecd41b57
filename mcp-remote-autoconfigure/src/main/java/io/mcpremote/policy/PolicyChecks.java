// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Refuses settings that cannot be enforced as they are written.
 */
final class PolicyChecks {

	private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

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
		if (settings.timeout() != null && (settings.timeout().isNegative() || settings.timeout().isZero()
				|| settings.timeout().compareTo(MAX_TIMEOUT) > 0)) {
			throw invalid(source, "timeout", settings.timeout(), "It must be more than nothing and at most a day.");
		}
		if (settings.maxConcurrency() != null && settings.maxConcurrency() < 0) {
			throw invalid(source, "max-concurrency", settings.maxConcurrency(), "It must not be negative.");
		}
		checkSensitive(source, settings.sensitive());
		checkCache(source, settings.cache());
		checkDeprecated(source, settings.deprecated());
	}

	/**
	 * Refuse what makes sense for tools only.
	 */
	static void checkToolOnly(PolicySettings settings, String source) {
		Map<String, @Nullable Object> ofTools = new LinkedHashMap<>();
		ofTools.put("cache", settings.cache());
		ofTools.put("invalidates", settings.invalidates());
		ofTools.put("idempotent", settings.idempotent());
		ofTools.put("confirm", settings.confirm());
		ofTools.put("deprecated", settings.deprecated());
		ofTools.forEach((key, value) -> {
			if (value != null) {
				throw new InvalidPolicyException(source + " has '" + key + "', which only tools can have.",
						"Take it away.");
			}
		});
	}

	/**
	 * Return a rate that has been checked.
	 */
	static @Nullable Rate rate(String text) {
		return (text.isEmpty()) ? null : Rate.parse(text);
	}

	static @Nullable LocalDate day(@Nullable String text) {
		try {
			return (text != null) ? LocalDate.parse(text) : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static void checkCache(String source, PolicySettings.@Nullable Cache cache) {
		if (cache != null && cache.timeToLive() != null
				&& (cache.timeToLive().isNegative() || cache.timeToLive().compareTo(MAX_TIMEOUT) > 0)) {
			throw invalid(source, "cache.time-to-live", cache.timeToLive(), "It must be between 0 and a day.");
		}
	}

	private static void checkSensitive(String source, @Nullable List<String> paths) {
		for (String path : (paths != null) ? paths : List.<String>of()) {
			for (String name : path.split("\\.", -1)) {
				if (name.chars().noneMatch(Character::isLetterOrDigit)) {
					throw invalid(source, "sensitive", path,
							"Write the name of an argument, or a path with dots between names, without brackets.");
				}
			}
		}
	}

	private static void checkDeprecated(String source, PolicySettings.@Nullable Deprecated deprecated) {
		String removal = (deprecated != null) ? deprecated.removal() : null;
		if (removal != null && !removal.isEmpty() && day(removal) == null) {
			throw invalid(source, "deprecated.removal", removal, "Write a day, such as 2027-01-31.");
		}
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
