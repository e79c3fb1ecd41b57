// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.EventSource;
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

	private static final Duration STREAMS_RETRY = Duration.ofSeconds(10);

	private final Supplier<ServerDescription> description;

	private final NotificationHub hub;

	private final ResourceInterest interest;

	private final OpenStreams streams;

	private final JsonRpcWriter json;

	ModernMethods(Supplier<ServerDescription> description, NotificationHub hub, ResourceInterest interest,
			OpenStreams streams, JsonRpcWriter json) {
		this.description = description;
		this.hub = hub;
		this.interest = interest;
		this.streams = streams;
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
		if (!this.streams.acquire(call.caller())) {
			return Refusals.unavailable("Too many streams are being listened to", STREAMS_RETRY);
		}
		EventSource source = new ListenStream(running.requestId(), filter, this.hub, this.interest, this.json);
		return new CallOutcome.Stream((sink) -> {
			sink.onEnd(() -> this.streams.release(call.caller()));
			source.open(sink);
		});
	}

}
