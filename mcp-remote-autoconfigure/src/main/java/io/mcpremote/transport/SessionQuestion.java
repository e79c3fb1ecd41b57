// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ToolException;
import io.mcpremote.session.LiveSession;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.spec.McpError;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * One question to the client of a session, until it is answered or nobody waits for the
 * answer any more, of which the client is told.
 */
final class SessionQuestion {

	/**
	 * How the message begins of an error that a client gave for an answer.
	 */
	static final String CLIENT_ERROR = "The client answered with an error: ";

	private final LiveSession session;

	private final Predicate<byte[]> stream;

	private final JsonRpcWriter json;

	private final String id;

	private @Nullable CompletableFuture<Map<String, Object>> expected;

	/**
	 * Create a question that is not put yet.
	 * @param session the session
	 * @param stream sends a message to the client and tells whether it can get there
	 * @param json writes the messages
	 */
	SessionQuestion(LiveSession session, Predicate<byte[]> stream, JsonRpcWriter json) {
		this.session = session;
		this.stream = stream;
		this.json = json;
		this.id = session.nextRequestId();
	}

	/**
	 * Put the question.
	 * @param patience how long the client has to answer
	 */
	CompletableFuture<Map<String, Object>> put(InputRequest request, Duration patience) {
		byte[] message = this.json.request(this.id, request.method(), request.params());
		CompletableFuture<Map<String, Object>> taken = new CompletableFuture<>();
		CompletableFuture<Map<String, Object>> answer = this.session.expect(this.id)
			.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
		this.expected = answer;
		answer.whenComplete((value, ex) -> take(value, ex, taken));
		if (!this.stream.test(message)) {
			answer.completeExceptionally(new CallSignal(Refusals.of(RefusalReason.MISSING_CAPABILITY,
					"This request needs input from its client, which does not accept event streams")));
		}
		return taken.handle(SessionQuestion::result);
	}

	/**
	 * Wait for the answer no more, if there is none yet.
	 */
	void giveUp() {
		if (this.expected != null && this.expected.completeExceptionally(new CancellationException())) {
			tell();
		}
	}

	/**
	 * Hand on what has become of the question. If its time is over, the client is told
	 * before the call goes on and its stream ends.
	 */
	private void take(@Nullable Map<String, Object> answer, @Nullable Throwable ex,
			CompletableFuture<Map<String, Object>> taken) {
		if (answer != null) {
			taken.complete(answer);
			return;
		}
		Throwable reason = (ex != null) ? ex : new CancellationException();
		if (!(reason instanceof TimeoutException)) {
			taken.completeExceptionally(reason);
			return;
		}
		try {
			// The JVM's timer is not there to wait for clients
			Schedulers.boundedElastic().schedule(() -> {
				try {
					tell();
				}
				finally {
					taken.completeExceptionally(reason);
				}
			});
		}
		catch (RejectedExecutionException rejected) {
			taken.completeExceptionally(reason);
		}
	}

	/**
	 * Tell the client not to answer; where its call has been taken back, for which
	 * nothing more is sent, on the stream beside it.
	 */
	private void tell() {
		byte[] message = this.json.notification("notifications/cancelled", Map.of("requestId", this.id));
		if (!this.stream.test(message) && this.session.isListening()) {
			this.session.standalone().append(message);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> result(@Nullable Map<String, Object> answer, @Nullable Throwable ex) {
		if (ex instanceof TimeoutException) {
			throw new ToolException("The client did not answer in time.");
		}
		if (answer == null) {
			throw (ex instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
		}
		if (answer.get("result") instanceof Map<?, ?> result) {
			return Roots.cleaned((Map<String, Object>) result);
		}
		Map<String, Object> error = (answer.get("error") instanceof Map<?, ?> map) ? (Map<String, Object>) map
				: Map.of();
		int code = (error.get("code") instanceof Number number) ? number.intValue() : -32603;
		throw McpError.builder(code).message(CLIENT_ERROR + text(error)).build();
	}

	private static String text(Map<String, Object> error) {
		@Nullable Object message = error.get("message");
		return (message instanceof String text) ? Refusals.shown(text) : "no message";
	}

}
