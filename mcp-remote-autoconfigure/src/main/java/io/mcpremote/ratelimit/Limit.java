// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.List;
import java.util.stream.IntStream;

import io.mcpremote.policy.Rate;

/**
 * One of the limits that apply to a call.
 *
 * @param level what it is for, such as {@code user}
 * @param key who shares it; unique for the level
 * @param group with whom to share where a store has no room for everybody
 * @param rate what is allowed from the first use on
 * @param cost how much the call takes of it
 * @param quota whether the window ends with the calendar
 * @since 0.1.0
 */
public record Limit(String level, String key, String group, Rate rate, long cost, boolean quota) {

	private static final List<String> GROUPS = IntStream.range(0, 256).mapToObj(Integer::toString).toList();

	/**
	 * Create a limit whose window begins with its first use.
	 * @param level what it is for
	 * @param key who shares it
	 * @param rate what is allowed
	 * @param cost how much the call takes of it
	 */
	public Limit(String level, String key, Rate rate, long cost) {
		this(level, key, group(key), rate, cost, false);
	}

	static String group(String key) {
		return GROUPS.get(Math.floorMod(key.hashCode(), GROUPS.size()));
	}

	/**
	 * Return the limit of another cost.
	 * @param newCost how much the call takes of it
	 * @return the limit
	 */
	Limit withCost(long newCost) {
		return new Limit(this.level, this.key, this.group, this.rate, newCost, this.quota);
	}

	@Override
	public String toString() {
		// The key may be that of a session
		return "Limit[level=" + this.level + ", rate=" + this.rate + ", cost=" + this.cost + "]";
	}

}
