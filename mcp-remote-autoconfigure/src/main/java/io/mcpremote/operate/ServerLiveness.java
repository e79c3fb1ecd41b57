// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether nothing but a restart helps. What others are at fault for, such as a store
 * that is down, does not count.
 */
final class ServerLiveness extends AbstractHealthIndicator {

	private final StuckCallsLiveness stuck;

	ServerLiveness(StuckCallsLiveness stuck) {
		super("The liveness of the MCP server could not be found out");
		this.stuck = stuck;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		if (this.stuck.isBroken()) {
			health.down().withDetail("reason", "too many calls do not end, and hold their threads");
		}
		else {
			health.up();
		}
	}

}
