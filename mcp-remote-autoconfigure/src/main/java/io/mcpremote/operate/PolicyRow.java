// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.mcpremote.policy.Policy;
import io.mcpremote.policy.Sunset;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator may want to know of one tool, prompt or resource.
 *
 * @param name its name, or the URI or template of a resource
 * @param access who may use it
 * @param scopes the scopes that a token must have, all of them
 * @param roles the roles of which the caller must have one
 * @param rateLimit how often one caller may use it
 * @param cost how many calls one call counts for
 * @param timeout how long a call may take
 * @param interruptible whether its thread may be interrupted
 * @param maxConcurrency how many of its calls one caller may have running at once
 * @param cache whether and how results are remembered
 * @param invalidates the tools whose remembered results a call makes obsolete
 * @param idempotent whether a repeated call is answered with the result of the first
 * @param confirm what a person is asked before it runs
 * @param deprecated until when it is there
 * @param sensitive the arguments whose values are never put on record
 * @param figures what has become of its calls, {@code null} if there were none
 * @param breaker how its breaker stands, {@code null} if it has none yet
 * @since 0.1.0
 */
public record PolicyRow(String name, String access, List<String> scopes, List<String> roles, @Nullable String rateLimit,
		int cost, String timeout, boolean interruptible, @Nullable Integer maxConcurrency, @Nullable String cache,
		List<String> invalidates, boolean idempotent, @Nullable String confirm,
		@Nullable Map<String, String> deprecated, List<String> sensitive, @Nullable Figures figures,
		@Nullable Breaker breaker) {

	static PolicyRow of(String name, Policy policy, @Nullable TargetFigures figures, @Nullable Breaker breaker) {
		return new PolicyRow(name, policy.access().name().toLowerCase(Locale.ROOT), sorted(policy.scopes()),
				sorted(policy.roles()), (policy.rateLimit() != null) ? policy.rateLimit().toString() : null,
				policy.cost(), PolicyTable.text(policy.timeout()), policy.interruptible(),
				(policy.maxConcurrency() > 0) ? policy.maxConcurrency() : null,
				(policy.cache() != null) ? PolicyTable.text(policy.cache()) : null, sorted(policy.invalidates()),
				policy.idempotent(), policy.confirm(), deprecated(policy.sunset()), sorted(policy.sensitive()),
				(figures != null) ? Figures.of(figures) : null, breaker);
	}

	private static List<String> sorted(Collection<String> values) {
		return values.stream().sorted().toList();
	}

	private static @Nullable Map<String, String> deprecated(@Nullable Sunset sunset) {
		if (sunset == null) {
			return null;
		}
		Map<String, String> deprecated = new LinkedHashMap<>();
		deprecated.put("since", text(sunset.since()));
		deprecated.put("removal", text(sunset.removal()));
		deprecated.put("replacedBy", text(sunset.replacedBy()));
		return deprecated;
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "";
	}

	/**
	 * What has become of calls.
	 *
	 * @param calls how many there were, refused ones included
	 * @param failures how many of them have failed
	 * @param refusals how many of them were refused
	 * @param p50Millis how long half of the last ones took at most
	 * @param p95Millis how long 95 of 100 of the last ones took at most
	 */
	public record Figures(long calls, long failures, long refusals, double p50Millis, double p95Millis) {

		static Figures of(TargetFigures figures) {
			return new Figures(figures.calls(), figures.failures(), figures.refusals(), figures.p50Millis(),
					figures.p95Millis());
		}

	}

	/**
	 * How a breaker stands.
	 *
	 * @param state such as {@code closed} or {@code open}
	 * @param calls how many of the last calls it looks at
	 * @param failures how many of those have failed
	 * @param refused how many calls it has refused in this state
	 * @param retryAfter in how many seconds it lets calls through again, if that is known
	 */
	public record Breaker(String state, int calls, int failures, long refused, @Nullable Long retryAfter) {

	}

}
