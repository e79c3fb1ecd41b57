// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers used states in this process, up to a bound. Other replicas do not know of
 * them.
 */
final class InMemoryUsedStates implements UsedStates {

	private static final int MAX_STATES = 100_000;

	private final Map<String, Instant> used = new ConcurrentHashMap<>();

	private final Clock clock;

	private final Instant begin;

	private volatile Instant nextPurge = Instant.MIN;

	InMemoryUsedStates(Clock clock) {
		this.clock = clock;
		this.begin = clock.instant();
	}

	/**
	 * What was made before this process began may have been used before it began, too.
	 */
	@Override
	public boolean use(String id, Instant issued, Instant expires) {
		return !issued.isBefore(this.begin) && use(id, expires);
	}

	@Override
	public boolean use(String id, Instant expires) {
		if (this.used.size() >= MAX_STATES) {
			Instant now = this.clock.instant();
			if (now.isBefore(this.nextPurge)) {
				return false;
			}
			this.nextPurge = now.plusSeconds(1);
			this.used.values().removeIf((expiry) -> expiry.isBefore(now));
			if (this.used.size() >= MAX_STATES) {
				return false;
			}
		}
		return this.used.putIfAbsent(id, expires) == null;
	}

}
