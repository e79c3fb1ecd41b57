// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.mcpremote.call.Refusals;
import io.mcpremote.policy.CacheRule;
import io.mcpremote.policy.Policy;
import io.mcpremote.policy.Sunset;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Policies as a table that people read: a row for each, and columns for what at least one
 * of them says.
 */
final class PolicyTable {

	private static final int MAX_CELL = 48;

	private static final List<String> TITLES = List.of("", "name", "access", "scopes", "roles", "rate-limit", "cost",
			"timeout", "interruptible", "max-concurrency", "cache", "invalidates", "idempotent", "confirm",
			"deprecated", "sensitive");

	/**
	 * The first columns name what a row is about, and may be cut. The others say what
	 * applies, which is not to be guessed at.
	 */
	private static final int NAMING = 2;

	private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * Add a row.
	 * @param kind what it is
	 * @param name its name
	 * @param policy what applies to it
	 */
	void add(String kind, String name, Policy policy) {
		List<String> row = List.of(kind, name, policy.access().name().toLowerCase(Locale.ROOT), joined(policy.scopes()),
				joined(policy.roles()), text(policy.rateLimit()), (policy.cost() != 1) ? text(policy.cost()) : "",
				text(policy.timeout()), (policy.interruptible()) ? "" : "no",
				(policy.maxConcurrency() > 0) ? text(policy.maxConcurrency()) : "", text(policy.cache()),
				joined(policy.invalidates()), (policy.idempotent()) ? "yes" : "", text(policy.confirm()),
				text(policy.sunset()), joined(policy.sensitive()));
		List<String> shown = new ArrayList<>();
		for (int column = 0; column < row.size(); column++) {
			String value = row.get(column);
			shown.add((column < NAMING) ? shown(value) : printable(value));
		}
		this.rows.add(shown);
	}

	@Override
	public String toString() {
		List<List<String>> all = new ArrayList<>(List.of(TITLES));
		all.addAll(this.rows);
		int[] widths = new int[TITLES.size()];
		for (int column = 0; column < widths.length; column++) {
			widths[column] = -1;
			for (List<String> row : this.rows) {
				int length = row.get(column).length();
				widths[column] = (length > 0) ? Math.max(widths[column], Math.max(length, TITLES.get(column).length()))
						: widths[column];
			}
		}
		StringBuilder table = new StringBuilder();
		for (List<String> row : all) {
			StringBuilder line = new StringBuilder();
			for (int column = 0; column < widths.length; column++) {
				if (widths[column] >= 0) {
					line.append("  ")
						.append(row.get(column))
						.append(" ".repeat(widths[column] - row.get(column).length()));
				}
			}
			table.append(System.lineSeparator()).append(line.toString().stripTrailing());
		}
		return table.toString();
	}

	static String text(@Nullable Object value) {
		if (value instanceof Duration duration) {
			return (duration.toMillis() % 1000 == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
		}
		if (value instanceof CacheRule rule) {
			return text(rule.timeToLive()) + " " + rule.scope().name().toLowerCase(Locale.ROOT)
					+ ((rule.forced()) ? " forced" : "");
		}
		if (value instanceof Sunset sunset) {
			return (sunset.removal() != null) ? "until " + sunset.removal() : "yes";
		}
		return (value != null) ? value.toString() : "";
	}

	private static String joined(Collection<String> values) {
		return String.join(",", values);
	}

	/**
	 * Names come from the application, and perhaps from further away.
	 */
	private static String shown(String value) {
		return StringUtils.truncate(Refusals.shown(value), MAX_CELL);
	}

	static String printable(String value) {
		return CONTROLS.matcher(value).replaceAll(" ");
	}

}
