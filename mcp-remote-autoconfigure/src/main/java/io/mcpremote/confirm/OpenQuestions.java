// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.call.Caller;

/**
 * Counts what waits for the user of a caller, since waiting takes a thread and a caller
 * in a loop must not take them all.
 */
final class OpenQuestions {

	private final Map<String, Integer> byUser = new ConcurrentHashMap<>();

	private final int most;

	OpenQuestions(int most) {
		this.most = most;
	}

	/**
	 * Open a question.
	 * @return whether it may be put, and must be closed then
	 */
	boolean open(Caller caller) {
		boolean[] opened = new boolean[1];
		this.byUser.compute(key(caller), (key, open) -> {
			int before = (open != null) ? open : 0;
			opened[0] = before < this.most;
			return (opened[0]) ? before + 1 : before;
		});
		return opened[0];
	}

	void close(Caller caller) {
		this.byUser.computeIfPresent(key(caller), (key, open) -> (open > 1) ? open - 1 : null);
	}

	int size() {
		return this.byUser.size();
	}

	private static String key(Caller caller) {
		return (caller.isAnonymous()) ? caller.usageKey() : caller.userKey();
	}

}
