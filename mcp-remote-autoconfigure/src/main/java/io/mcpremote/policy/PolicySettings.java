// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What one source says of a policy. What it does not mention is left to the sources below
 * it.
 *
 * @param access Who may use it.
 * @param scopes Comma-separated list of scopes that a token must have, all of them.
 * @param roles Comma-separated list of roles of which the caller must have one.
 * @param rateLimit How often one caller may use it, such as 5/1h.
 * @param cost How many calls one call counts for.
 * @param timeout How long a call may take.
 * @param interruptible Whether its thread may be interrupted.
 * @param maxConcurrency How many of its calls one caller may have running at once; 0 for
 * any number.
 * @param cache Whether and how results of the tool are remembered.
 * @param invalidates Comma-separated list of tools whose remembered results a call makes
 * obsolete.
 * @param idempotent Whether a repeated call is answered with the result of the first.
 * @param confirm What a person is asked before the tool runs, with the names of arguments
 * in braces.
 * @param deprecated Until when the tool is there.
 * @param sensitive Comma-separated list of arguments whose values are never put on
 * record, by name, or by path with dots between names.
 * @since 0.1.0
 */
public record PolicySettings(@Nullable Access access, @Nullable List<String> scopes, @Nullable List<String> roles,
		@Nullable String rateLimit, @Nullable Integer cost, @Nullable Duration timeout, @Nullable Boolean interruptible,
		@Nullable Integer maxConcurrency, @Nullable Cache cache, @Nullable List<String> invalidates,
		@Nullable Boolean idempotent, @Nullable String confirm, @Nullable Deprecated deprecated,
		@Nullable List<String> sensitive) {

	/**
	 * Put these settings on top of a policy. Opening something to everybody takes away
	 * what was asked for below; asking for something closes what was open below.
	 */
	Policy over(Policy lower) {
		boolean asks = !isEmpty(this.scopes) || !isEmpty(this.roles);
		boolean opens = this.access == Access.PUBLIC;
		Access effective = (this.access != null) ? this.access : (asks) ? Access.PROTECTED : lower.access();
		return new Policy(effective, over(this.scopes, (opens) ? Set.of() : lower.scopes()),
				over(this.roles, (opens) ? Set.of() : lower.roles()),
				(this.rateLimit != null) ? PolicyChecks.rate(this.rateLimit) : lower.rateLimit(),
				or(this.cost, lower.cost()), or(this.timeout, lower.timeout()),
				or(this.interruptible, lower.interruptible()), or(this.maxConcurrency, lower.maxConcurrency()),
				(this.cache != null) ? this.cache.rule() : lower.cache(), over(this.invalidates, lower.invalidates()),
				or(this.idempotent, lower.idempotent()), text(this.confirm, lower.confirm()),
				(this.deprecated != null) ? this.deprecated.sunset() : lower.sunset(),
				joined(this.sensitive, lower.sensitive()));
	}

	/**
	 * Check what is said here.
	 * @param source where it is said
	 */
	PolicySettings check(String source) {
		PolicyChecks.check(this, source);
		return this;
	}

	/**
	 * Check what is said here of a prompt or resource.
	 * @param source where it is said
	 */
	PolicySettings checkWithoutTool(String source) {
		PolicyChecks.checkToolOnly(this, source);
		return check(source);
	}

	static boolean isEmpty(@Nullable List<String> values) {
		return values == null || values.isEmpty();
	}

	private static <T> T or(@Nullable T value, T lower) {
		return (value != null) ? value : lower;
	}

	/**
	 * An empty text takes away what is below.
	 */
	private static @Nullable String text(@Nullable String value, @Nullable String lower) {
		String said = (value != null) ? value : lower;
		return (said != null && !said.isEmpty()) ? said : null;
	}

	/**
	 * What one source calls sensitive, no other can make public.
	 */
	private static Set<String> joined(@Nullable List<String> values, Set<String> lower) {
		if (isEmpty(values)) {
			return lower;
		}
		Set<String> all = new LinkedHashSet<>(lower);
		all.addAll(values);
		return Collections.unmodifiableSet(all);
	}

	private static Set<String> over(@Nullable List<String> values, Set<String> lower) {
		return (values != null) ? Collections.unmodifiableSet(new LinkedHashSet<>(values)) : lower;
	}

	/**
	 * Whether and how results are remembered.
	 *
	 * @param timeToLive For how long results of the tool are remembered; 0 for not at
	 * all.
	 * @param scope Who gets remembered results of the tool.
	 * @param forced Whether results are remembered also of a tool that does not call
	 * itself read-only, or has method security of its own.
	 */
	public record Cache(@Nullable Duration timeToLive, @Nullable CacheScope scope, @Nullable Boolean forced) {

		private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

		@Nullable CacheRule rule() {
			Duration effective = or(this.timeToLive, TIME_TO_LIVE);
			return (effective.isZero()) ? null
					: new CacheRule(effective, or(this.scope, CacheScope.USER), or(this.forced, false));
		}

	}

	/**
	 * Until when a tool is there.
	 *
	 * @param since Since which version of the server clients should use something else.
	 * @param removal First day on which the tool is refused, such as 2027-01-31.
	 * @param replacedBy Tool to use instead.
	 */
	public record Deprecated(@Nullable String since, @Nullable String removal, @Nullable String replacedBy) {

		Sunset sunset() {
			return new Sunset(text(this.since, null), PolicyChecks.day(text(this.removal, null)),
					text(this.replacedBy, null));
		}

	}

}
