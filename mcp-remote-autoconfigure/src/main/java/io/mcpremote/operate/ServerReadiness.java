// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether calls had better go to this replica: it takes them, and has something to
 * offer. What all replicas share, such as a store that is down, does not count: none of
 * them would be left.
 */
final class ServerReadiness extends AbstractHealthIndicator {

	private final DrainGuard drain;

	private final Catalog catalog;

	ServerReadiness(DrainGuard drain, Catalog catalog) {
		super("The readiness of the MCP server could not be found out");
		this.drain = drain;
		this.catalog = catalog;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		int offered = 0;
		health.up();
		for (TargetKind kind : TargetKind.values()) {
			offered += this.catalog.names(kind).size();
		}
		health.withDetail("tools", this.catalog.names(TargetKind.TOOL).size());
		if (offered == 0) {
			health.outOfService().withDetail("reason", "no tool, prompt or resource is registered");
		}
		if (this.drain.isDraining()) {
			health.outOfService().withDetail("reason", "the server is shutting down");
		}
	}

}
