// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.wire.JsonRpcWriter;

/**
 * Answers the methods that only modern clients have.
 */
final class ModernMethods {

	private final Supplier<ServerDescription> description;

	private final NotificationHub hub;

	private final ResourceInterest interest;

	private final JsonRpcWriter json;

	ModernMethods(Supplier<ServerDescription> description, NotificationHub hub, ResourceInterest interest,
			JsonRpcWriter json) {
		this.description = description;
		this.hub = hub;
		this.interest = interest;
		this.json = json;
	}

	CallOutcome discover(McpCall call, RunningCall running) {
		return new CallOutcome.Result(this.description.get().discover());
	}

	CallOutcome listen(McpCall call, RunningCall running) {
		ListenFilter filter = ListenFilter.of(call.params(), this.description.get().capabilities());
		if (!running.acceptsEventStream()) {
			return Refusals.of(RefusalReason.NOT_ACCEPTABLE, "Listening takes a client that accepts text/event-stream");
		}
		return new CallOutcome.Stream(
				new ListenStream(running.requestId(), filter, this.hub, this.interest, this.json));
	}

}
