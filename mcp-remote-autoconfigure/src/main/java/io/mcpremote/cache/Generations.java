// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import io.mcpremote.cache.ResultStore.Obsolete;

/**
 * Counts how often results have become obsolete, so that nobody has to look for them.
 * There are few tools, but any number of users: those share counters, and what becomes
 * obsolete for one of them does so for a few others too.
 */
final class Generations {

	private static final int USERS = 4096;

	private final AtomicLong all = new AtomicLong();

	private final Map<String, AtomicLong> tools = new ConcurrentHashMap<>();

	private final AtomicLongArray users = new AtomicLongArray(USERS);

	/**
	 * Return a number that grows whenever results such as this one become obsolete.
	 */
	long of(ResultKey key) {
		AtomicLong ofTool = this.tools.get(key.tool());
		String user = key.user();
		return this.all.get() + ((ofTool != null) ? ofTool.get() : 0)
				+ ((user != null) ? this.users.get(index(user)) : 0);
	}

	void next(Obsolete what) {
		if (what.tool() != null) {
			this.tools.computeIfAbsent(what.tool(), (name) -> new AtomicLong()).incrementAndGet();
		}
		else if (what.user() != null) {
			this.users.incrementAndGet(index(what.user()));
		}
		else {
			this.all.incrementAndGet();
		}
	}

	private static int index(String user) {
		return Math.floorMod(user.hashCode() * 0x9E3779B9, USERS);
	}

}
