// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

import io.mcpremote.call.Caller;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.transport.CallRunner.Ending;
import io.mcpremote.transport.RpcMessage.Notification;
import io.mcpremote.transport.RpcMessage.Request;
import io.mcpremote.transport.RpcMessage.Response;
import io.mcpremote.wire.OutcomeWriter;
import io.mcpremote.wire.WireReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Serves what clients post: one message, or in the one revision that has them a batch.
 */
final class PostHandler {

	/**
	 * The answer to whoever expects none.
	 */
	static final WireReply ACCEPTED = WireReply.empty(202);

	private final LegacyEra legacy;

	private final Era modern;

	private final CallRunner runner;

	private final OutcomeWriter outcomes;

	private final OpenStreams streams;

	private final RefusalEvents refusals;

	private final int maxBatchSize;

	PostHandler(LegacyEra legacy, Era modern, CallRunner runner, OutcomeWriter outcomes, OpenStreams streams,
			RefusalEvents refusals, int maxBatchSize) {
		this.legacy = legacy;
		this.modern = modern;
		this.runner = runner;
		this.outcomes = outcomes;
		this.streams = streams;
		this.refusals = refusals;
		this.maxBatchSize = maxBatchSize;
	}

	/**
	 * Serve a body.
	 * @param json the body as maps and lists
	 * @param http the request
	 * @param response the response
	 * @param caller who posts
	 * @param reply where the answer goes
	 */
	void handle(@Nullable Object json, HttpServletRequest http, HttpServletResponse response, Caller caller,
			HttpReply reply) throws IOException {
		if (json instanceof List<?> batch) {
			batch(batch, http, caller, reply);
			return;
		}
		Era era = (EraClassifier.isModern(json, http.getHeader(Envelope.VERSION_HEADER))) ? this.modern : this.legacy;
		Ending ending = single(era, json, false, http, caller, reply);
		if (ending.reply() != null) {
			reply.finish(ending.reply());
		}
		else if (ending.stream() != null) {
			this.streams.open(http, response, ending.stream());
		}
		else {
			reply.abandon();
		}
	}

	private Ending single(Era era, @Nullable Object json, boolean batched, HttpServletRequest http, Caller caller,
			HttpReply reply) {
		RpcMessage message;
		try {
			message = RpcMessage.of(json);
		}
		catch (RefusedException ex) {
			return refused(ex.requestId(), era.fallback(), null, caller, ex);
		}
		if (message instanceof Request request) {
			try {
				if (batched && "initialize".equals(request.method())) {
					throw new RefusedException(RefusalReason.INVALID_REQUEST,
							"Invalid request: initialize must not be part of a batch");
				}
				return this.runner.run(era.admit(request, http, caller, reply), era, reply);
			}
			catch (RefusedException ex) {
				return refused(request.id(), era.fallback(), request.method(), caller, ex);
			}
		}
		try {
			if (message instanceof Notification notification) {
				era.accept(notification, http, caller);
			}
			else {
				era.accept((Response) message, http, caller);
			}
			return new Ending(ACCEPTED, null);
		}
		catch (RefusedException ex) {
			Ending refused = refused(null, era.fallback(), null, caller, ex);
			// Whoever sent a notification expects no message
			return (message instanceof Response || refused.reply() == null) ? refused
					: new Ending(refused.reply().withoutBody(), null);
		}
	}

	private void batch(List<?> batch, HttpServletRequest http, Caller caller, HttpReply reply) {
		String problem = problem(batch, http);
		if (problem != null) {
			this.refusals.refused(RefusalReason.INVALID_REQUEST, caller, null);
			reply.finish(this.outcomes.refusal(null, Revision.newestLegacy(), null,
					Refusals.of(RefusalReason.INVALID_REQUEST, "Invalid request: " + problem)));
			return;
		}
		try {
			// The session is that of the HTTP request, and so is what happens without it
			this.legacy.checkSession(http, caller);
		}
		catch (RefusedException ex) {
			this.refusals.refused(ex.refusal().reason(), caller, null);
			reply.finish(this.outcomes.refusal(null, Revision.newestLegacy(), null, ex.refusal()));
			return;
		}
		BatchAnswers answers = new BatchAnswers(batch, this.outcomes,
				(reason, method) -> this.refusals.refused(reason, caller, method));
		reply.batch(answers);
		for (Object json : batch) {
			Ending ending = single(this.legacy, json, true, http, caller, reply);
			if (reply.isFinished()) {
				// One of them took too long, and the client has been told about all
				return;
			}
			answers.add((ending.reply() != null) ? ending.reply().body() : null);
			reply.unmute();
		}
		reply.finish(answers.all());
	}

	private @Nullable String problem(List<?> batch, HttpServletRequest http) {
		Revision header = Revision.of(http.getHeader(Envelope.VERSION_HEADER));
		if (batch.isEmpty()) {
			return "a batch must not be empty";
		}
		if (batch.size() > this.maxBatchSize) {
			return "a batch may have up to " + this.maxBatchSize + " messages, not " + batch.size();
		}
		boolean hasBatches = (header != null) ? header.compareTo(Revision.V2025_03_26) <= 0
				: http.getHeader(Envelope.VERSION_HEADER) == null;
		if (!hasBatches || batch.stream().anyMatch((json) -> EraClassifier.isModern(json, null))) {
			return "batches exist only in revision 2025-03-26";
		}
		return null;
	}

	private Ending refused(@Nullable Object id, Revision revision, @Nullable String method, Caller caller,
			RefusedException ex) {
		this.refusals.refused(ex.refusal().reason(), caller, method);
		return new Ending(this.outcomes.refusal(id, revision, method, ex.refusal()), null);
	}

	/**
	 * Join messages to one JSON array.
	 */
	static byte[] array(List<byte[]> messages) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] message : messages) {
			out.write((out.size() == 0) ? '[' : ',');
			out.writeBytes(message);
		}
		out.write(']');
		return out.toByteArray();
	}

}
