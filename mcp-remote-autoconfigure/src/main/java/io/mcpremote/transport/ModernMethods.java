// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.RawJson;

/**
 * Answers the methods that only modern clients have.
 */
final class ModernMethods {

	private final Supplier<ServerDescription> description;

	private final BooleanSupplier open;

	private final Function<McpCall, Predicate<String>> readable;

	private final NotificationHub hub;

	private final ResourceInterest interest;

	private final JsonRpcWriter json;

	ModernMethods(Supplier<ServerDescription> description, BooleanSupplier open,
			Function<McpCall, Predicate<String>> readable, NotificationHub hub, ResourceInterest interest,
			JsonRpcWriter json) {
		this.open = open;
		this.readable = readable;
		this.description = description;
		this.hub = hub;
		this.interest = interest;
		this.json = json;
	}

	CallOutcome discover(McpCall call, RunningCall running) {
		byte[] described = this.json.json(this.description.get().discover());
		return new CallOutcome.Result(new RawJson(described, this.open.getAsBoolean()));
	}

	CallOutcome listen(McpCall call, RunningCall running) {
		ListenFilter filter = ListenFilter.of(call.params(), this.description.get().capabilities());
		if (!running.acceptsEventStream()) {
			return Refusals.of(RefusalReason.NOT_ACCEPTABLE, "Listening takes a client that accepts text/event-stream");
		}
		return new CallOutcome.Stream(new ListenStream(running.requestId(), filter, this.readable.apply(call), this.hub,
				this.interest, this.json));
	}

}
