// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.springframework.core.env.Environment;

/**
 * How many threads serve requests, of which strangers get a part only.
 *
 * @param count the number of threads
 */
record RequestThreads(int count) {

	private static final int DEFAULT = 200;

	private static final int VIRTUAL = 8192;

	private static final int MAX_QUARTER = 50;

	static RequestThreads of(Environment environment) {
		boolean virtual = environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false);
		return new RequestThreads(
				(virtual) ? VIRTUAL : environment.getProperty("server.tomcat.threads.max", Integer.class, DEFAULT));
	}

	/**
	 * Return how many may ask another server at the same time, which has limits, too.
	 */
	int quarter() {
		return Math.max(1, Math.min(MAX_QUARTER, this.count / 4));
	}

	/**
	 * Return how many may wait for the answer to one question.
	 */
	int half() {
		return Math.max(1, this.count / 2);
	}

}
