// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import io.mcpremote.policy.Rate;

/**
 * One of the limits that apply to a call.
 *
 * @param level what it is for, such as {@code user}
 * @param key who shares it; unique for the level
 * @param rate what is allowed from the first use on
 * @param quota whether the window ends with the calendar
 * @since 0.1.0
 */
public record Limit(String level, String key, Rate rate, boolean quota) {

	/**
	 * Create a limit whose window begins with its first use.
	 * @param level what it is for
	 * @param key who shares it
	 * @param rate what is allowed
	 */
	public Limit(String level, String key, Rate rate) {
		this(level, key, rate, false);
	}

}
