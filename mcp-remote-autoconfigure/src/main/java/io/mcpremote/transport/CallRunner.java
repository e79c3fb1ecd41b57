// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallOutcome.Stream;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.EventSource;
import io.mcpremote.call.Failures;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.OutcomeWriter;
import io.mcpremote.wire.WireReply;
import org.jspecify.annotations.Nullable;

/**
 * Runs a call through the pipeline and turns its outcome into an answer.
 */
final class CallRunner {

	private static final Refusal NO_PLACE = Refusals.unavailable("Too many streams are being listened to",
			Duration.ofSeconds(10));

	private final CallPipeline pipeline;

	private final CallsInFlight inFlight;

	private final OpenStreams streams;

	private final OutcomeWriter outcomes;

	private final JsonRpcWriter json;

	CallRunner(CallPipeline pipeline, CallsInFlight inFlight, OpenStreams streams, OutcomeWriter outcomes,
			JsonRpcWriter json) {
		this.pipeline = pipeline;
		this.inFlight = inFlight;
		this.streams = streams;
		this.outcomes = outcomes;
		this.json = json;
	}

	/**
	 * Run a call.
	 * @param running the call
	 * @param era the era it was made in
	 * @param reply where its answer goes
	 * @return what became of it
	 */
	Ending run(RunningCall running, Era era, HttpReply reply) {
		McpCall call = running.call();
		String key = (call.sessionId() != null) ? CallsInFlight.key(call.sessionId(), running.requestId()) : null;
		CallInFlight flight = this.inFlight.begin(reply, key);
		running.fly(flight, this, era);
		if (era.cancelsOnDisconnect()) {
			reply.onLost(flight::lose);
		}
		CallOutcome outcome;
		try {
			outcome = this.pipeline.run(call, running);
		}
		finally {
			this.inFlight.end(flight, key);
		}
		Prepared prepared = running.prepared();
		if (flight.isCancelled() || flight.isExpired()) {
			discard(prepared, call);
			return Ending.NONE;
		}
		if (prepared == null || prepared.outcome() != outcome) {
			// A guard around all that is of another opinion
			discard(prepared, call);
			prepared = prepare(running, era, outcome);
		}
		return ending(prepared, call, reply);
	}

	/**
	 * Make the answer, or have one made of what becomes of the call if that cannot be
	 * done.
	 * @return the answer, and the outcome that it stands for
	 */
	Prepared prepare(RunningCall running, Era era, CallOutcome outcome) {
		McpCall call = running.call();
		if (outcome instanceof Stream) {
			// A place for it, which is given back when the stream ends
			return (this.streams.acquire(call.caller())) ? new Prepared(outcome, null)
					: new Prepared(NO_PLACE, answer(running, era, NO_PLACE));
		}
		try {
			return new Prepared(outcome, answer(running, era, outcome));
		}
		catch (RuntimeException | StackOverflowError ex) {
			// Most likely a result of which no JSON can be made
			Failure failure = Failures.failed(call, ex);
			return new Prepared(failure, answer(running, era, failure));
		}
	}

	private void discard(@Nullable Prepared prepared, McpCall call) {
		if (prepared != null && prepared.outcome() instanceof Stream) {
			this.streams.release(call.caller());
		}
	}

	private Ending ending(Prepared prepared, McpCall call, HttpReply reply) {
		if (!(prepared.outcome() instanceof Stream stream)) {
			return new Ending(prepared.reply(), null);
		}
		reply.handOver();
		return new Ending(null, (sink) -> {
			sink.onEnd(() -> this.streams.release(call.caller()));
			stream.source().open(sink);
		});
	}

	/**
	 * Return what an outcome looks like to the client.
	 */
	WireReply answer(RunningCall running, Era era, CallOutcome outcome) {
		McpCall call = running.call();
		Object id = running.requestId();
		if (outcome instanceof Result result) {
			return WireReply.ok(this.json.result(id, era.shape(call, result.value())));
		}
		if (outcome instanceof InputRequired required) {
			return WireReply.ok(this.json.result(id, era.shape(call, required)));
		}
		if (outcome instanceof Refusal refusal) {
			return this.outcomes.refusal(errorId(running), call.revision(), call.method(), refusal);
		}
		Failure failure = (Failure) outcome;
		if (this.outcomes.isToolError(call.method(), failure)) {
			return WireReply.ok(this.json.result(id, era.shape(call, OutcomeWriter.toolError(failure.message()))));
		}
		return this.outcomes.error(errorId(running), call.revision(), failure);
	}

	/**
	 * The wish to listen is a GET, which has no id to refer to.
	 */
	private static @Nullable Object errorId(RunningCall running) {
		return (LegacyEra.OPEN_STREAM.equals(running.call().method())) ? null : running.requestId();
	}

	/**
	 * What became of a call: an answer, a stream, or neither if it was taken back or has
	 * been answered already.
	 *
	 * @param reply the answer
	 * @param stream what feeds the stream
	 */
	record Ending(@Nullable WireReply reply, @Nullable EventSource stream) {

		static final Ending NONE = new Ending(null, null);

	}

	/**
	 * An answer that is ready.
	 *
	 * @param outcome what it is the answer to
	 * @param reply the answer, {@code null} if it is a stream
	 */
	record Prepared(CallOutcome outcome, @Nullable WireReply reply) {

	}

}
