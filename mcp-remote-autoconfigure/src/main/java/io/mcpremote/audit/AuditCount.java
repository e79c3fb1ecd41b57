// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.function.ToLongFunction;

import io.mcpremote.audit.AuditTrail.State;
import io.mcpremote.call.ServerCount;

/**
 * How many events wait for sinks, or have been lost on the way to them, all sinks taken
 * together.
 */
final class AuditCount implements ServerCount {

	private final AuditTrail trail;

	private final String meter;

	private final String description;

	private final boolean total;

	private final ToLongFunction<State> part;

	private AuditCount(AuditTrail trail, String meter, String description, boolean total, ToLongFunction<State> part) {
		this.trail = trail;
		this.meter = meter;
		this.description = description;
		this.total = total;
		this.part = part;
	}

	static AuditCount queued(AuditTrail trail) {
		return new AuditCount(trail, "mcp.server.audit.queued", "Audit events that wait to be kept", false,
				State::waiting);
	}

	static AuditCount dropped(AuditTrail trail) {
		return new AuditCount(trail, "mcp.server.audit.dropped", "Audit events that were lost", true, State::lost);
	}

	@Override
	public String meter() {
		return this.meter;
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public long count() {
		return this.trail.states().stream().mapToLong(this.part).sum();
	}

	@Override
	public boolean isTotal() {
		return this.total;
	}

}
