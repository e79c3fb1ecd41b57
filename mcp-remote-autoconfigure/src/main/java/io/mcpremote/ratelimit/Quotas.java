// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.mcpremote.call.Caller;
import io.mcpremote.policy.Rate;
import io.mcpremote.ratelimit.McpRemoteQuotaProperties.Quota;
import org.jspecify.annotations.Nullable;

/**
 * Adds what users and tenants may use in a day or a month of the calendar.
 */
final class Quotas {

	private final McpRemoteQuotaProperties properties;

	private final Clock clock;

	private final boolean any;

	Quotas(McpRemoteQuotaProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
		this.any = isSet(properties.user()) || isSet(properties.tenant());
	}

	/**
	 * Return the smallest quota.
	 * @return the calls, more than anybody makes if there is none
	 */
	static long least(McpRemoteQuotaProperties properties) {
		return Stream
			.of(properties.user().daily(), properties.user().monthly(), properties.tenant().daily(),
					properties.tenant().monthly())
			.filter(Objects::nonNull)
			.mapToLong(Long::longValue)
			.min()
			.orElse(Long.MAX_VALUE);
	}

	/**
	 * Return whether there are any at all. What is left of a day is another time with
	 * each call.
	 */
	boolean any() {
		return this.any;
	}

	void addTo(List<Limit> limits, Caller caller) {
		if (!this.any || caller.isAnonymous()) {
			return;
		}
		ZonedDateTime now = this.clock.instant().atZone(this.properties.zone());
		add(limits, "user", caller.userKey(), this.properties.user(), now);
		if (caller.tenant() != null) {
			add(limits, "tenant", CallerLimits.tenant(caller), this.properties.tenant(), now);
		}
	}

	private void add(List<Limit> limits, String level, String key, Quota quota, ZonedDateTime now) {
		LocalDate today = now.toLocalDate();
		if (quota.daily() != null) {
			limits.add(limit(level + "-day", today, key, quota.daily(), now, today.plusDays(1)));
		}
		if (quota.monthly() != null) {
			LocalDate first = today.withDayOfMonth(1);
			limits.add(limit(level + "-month", first, key, quota.monthly(), now, first.plusMonths(1)));
		}
	}

	private Limit limit(String level, LocalDate begin, String key, long calls, ZonedDateTime now, LocalDate end) {
		Duration left = Duration.between(now, end.atStartOfDay(this.properties.zone()));
		return new Limit(level, begin + " " + key, begin + " " + Limit.group(key), new Rate(calls, left), 1, true);
	}

	private static boolean isSet(Quota quota) {
		return isSet(quota.daily()) || isSet(quota.monthly());
	}

	private static boolean isSet(@Nullable Long value) {
		return value != null;
	}

}
