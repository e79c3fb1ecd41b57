// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;

import io.mcpremote.policy.Rate;
import org.jspecify.annotations.Nullable;

/**
 * How much callers may ask for at each level, after presets and what is configured have
 * been brought together.
 *
 * @param session per session, or client of a user
 * @param user per user
 * @param apiKey per API key
 * @param address per network address without a token
 * @param tenant per tenant, {@code null} for no limit
 */
record CallerRates(@Nullable Rate session, Rate user, Rate apiKey, Rate address, @Nullable Rate tenant) {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration HOUR = Duration.ofHours(1);

	static CallerRates of(McpRemoteRateLimitProperties properties) {
		CallerRates preset = switch (properties.preset()) {
			case AGENTS -> new CallerRates(new Rate(60, MINUTE), new Rate(300, MINUTE), new Rate(300, MINUTE),
					new Rate(60, MINUTE), null);
			case PUBLIC_DOCS ->
				new CallerRates(null, new Rate(40, HOUR), new Rate(60, MINUTE), new Rate(40, HOUR), null);
		};
		return new CallerRates((properties.session() != null) ? properties.session() : preset.session(),
				or(properties.user(), preset.user()), or(properties.apiKey(), preset.apiKey()),
				or(properties.address(), preset.address()), properties.tenant());
	}

	/**
	 * Return what a call may cost at most, to be possible for somebody.
	 * @param open whether callers without a token may make it
	 * @param quota the smallest quota, which callers without a token do not have
	 */
	long most(boolean open, long quota) {
		long user = Math.max(this.user.calls(), this.apiKey.calls());
		// Where tenants are limited, callers have one
		long authenticated = Math.min(Math.min(user, quota), Math.min(calls(this.session), calls(this.tenant)));
		return (open) ? Math.max(authenticated, this.address.calls()) : authenticated;
	}

	private static long calls(@Nullable Rate rate) {
		return (rate != null) ? rate.calls() : Long.MAX_VALUE;
	}

	private static Rate or(@Nullable Rate configured, Rate preset) {
		return (configured != null) ? configured : preset;
	}

}
