// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.call.Caller;

/**
 * Counts the calls that wait for a person. Each holds a thread and, for as long, nothing
 * else that would bound it, so that neither one caller nor all of them together may let
 * too many wait.
 */
final class OpenQuestions {

	private final Map<String, Integer> byUser = new ConcurrentHashMap<>();

	private final AtomicInteger all = new AtomicInteger();

	private final Duration timeout;

	private final int mostOfUser;

	private final int most;

	/**
	 * Create the count.
	 * @param timeout how long a call waits for an answer
	 * @param most how many calls may wait
	 * @param mostOfUser how many of one user's
	 */
	OpenQuestions(Duration timeout, int most, int mostOfUser) {
		this.timeout = timeout;
		this.most = most;
		this.mostOfUser = mostOfUser;
	}

	/**
	 * Open a question.
	 * @return whether it may be put, and must be closed then
	 */
	boolean open(Caller caller) {
		AtomicBoolean opened = new AtomicBoolean();
		this.byUser.compute(caller.userKey(), (key, open) -> {
			int before = (open != null) ? open : 0;
			opened.set(before < this.mostOfUser && openOfAll());
			return (opened.get()) ? Integer.valueOf(before + 1) : open;
		});
		return opened.get();
	}

	void close(Caller caller) {
		this.byUser.computeIfPresent(caller.userKey(), (key, open) -> (open > 1) ? open - 1 : null);
		this.all.decrementAndGet();
	}

	Duration timeout() {
		return this.timeout;
	}

	int size() {
		return this.all.get();
	}

	private boolean openOfAll() {
		return this.all.getAndUpdate((open) -> Math.min(open + 1, this.most)) < this.most;
	}

}
