// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether nothing but a restart helps. What others are at fault for, such as a store
 * that is down, does not count.
 */
final class ServerLiveness extends AbstractHealthIndicator {

	private final @Nullable StuckCallsLiveness stuck;

	/**
	 * Create an indicator.
	 * @param stuck knows of calls that do not end, {@code null} if nobody looks for them
	 */
	ServerLiveness(@Nullable StuckCallsLiveness stuck) {
		super("The liveness of the MCP server could not be found out");
		this.stuck = stuck;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		if (this.stuck != null && this.stuck.isBroken()) {
			health.down().withDetail("reason", "too many calls do not end, and hold their threads");
		}
		else {
			health.up();
		}
	}

}
