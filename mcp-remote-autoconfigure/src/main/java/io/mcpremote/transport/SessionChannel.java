// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Caller;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ToolException;
import io.mcpremote.session.LiveSession;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import org.jspecify.annotations.Nullable;

/**
 * Asks the client of a session by requests on a stream, and waits for the answers.
 */
final class SessionChannel extends WaitingChannel {

	/**
	 * How the message begins of an error that a client gave for an answer.
	 */
	static final String CLIENT_ERROR = "The client answered with an error: ";

	private static final Duration TOO_MANY_RETRY = Duration.ofSeconds(10);

	private final LiveSession session;

	private final Predicate<byte[]> stream;

	private final JsonRpcWriter json;

	private final OpenQuestions questions;

	private final Caller caller;

	private final LoggingLevel logLevel;

	/**
	 * Create a channel.
	 * @param session the session
	 * @param stream sends a message to the client and tells whether it can get there
	 * @param json writes the requests
	 * @param questions the questions that are open
	 * @param caller whose client is asked
	 * @param logLevel the lowest level the client wants to see
	 */
	SessionChannel(LiveSession session, Predicate<byte[]> stream, JsonRpcWriter json, OpenQuestions questions,
			Caller caller, LoggingLevel logLevel) {
		this.session = session;
		this.stream = stream;
		this.json = json;
		this.questions = questions;
		this.caller = caller;
		this.logLevel = logLevel;
	}

	@Override
	public CompletableFuture<Map<String, Map<String, Object>>> ask(Map<String, InputRequest> requests,
			@Nullable Duration within) {
		if (!this.questions.open(this.caller)) {
			return CompletableFuture.failedFuture(new CallSignal(Refusals
				.unavailable("Too many calls are waiting for what their clients have been asked", TOO_MANY_RETRY)));
		}
		Duration patience = (within != null) ? within : this.questions.timeout();
		Map<String, Map<String, Object>> answers = new HashMap<>();
		List<CompletableFuture<?>> all = new ArrayList<>();
		requests.forEach((key, request) -> all.add(send(request, patience).thenAccept((answer) -> {
			synchronized (answers) {
				answers.put(key, answer);
			}
		})));
		return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
			.whenComplete((done, ex) -> this.questions.close(this.caller))
			.thenApply((done) -> answers);
	}

	@Override
	public boolean canWait() {
		return true;
	}

	@Override
	public boolean isLogged(LoggingLevel level) {
		return level.level() >= this.logLevel.level();
	}

	private CompletableFuture<Map<String, Object>> send(InputRequest request, Duration patience) {
		String id = this.session.nextRequestId();
		CompletableFuture<Map<String, Object>> answer = this.session.expect(id)
			.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
		if (!this.stream.test(this.json.request(id, request.method(), request.params()))) {
			answer.completeExceptionally(new CallSignal(Refusals.of(RefusalReason.MISSING_CAPABILITY,
					"This request needs input from its client, which does not accept event streams")));
		}
		return answer.handle(SessionChannel::result);
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
