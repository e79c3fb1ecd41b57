// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Caller;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.Refusals;
import io.mcpremote.session.LiveSession;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import org.jspecify.annotations.Nullable;

/**
 * Asks the client of a session by requests on a stream, and waits for the answers.
 */
final class SessionChannel extends WaitingChannel {

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
		List<SessionQuestion> put = new ArrayList<>();
		List<CompletableFuture<?>> all = new ArrayList<>();
		try {
			requests.forEach((key, request) -> {
				SessionQuestion question = new SessionQuestion(this.session, this.stream, this.json);
				put.add(question);
				all.add(question.put(request, patience).thenAccept((answer) -> {
					synchronized (answers) {
						answers.put(key, answer);
					}
				}));
			});
		}
		catch (RuntimeException | StackOverflowError ex) {
			// Most likely a question of which no JSON can be made
			this.questions.close(this.caller);
			put.forEach(SessionQuestion::giveUp);
			throw ex;
		}
		CompletableFuture<Map<String, Map<String, Object>>> answered = CompletableFuture
			.allOf(all.toArray(CompletableFuture[]::new))
			.whenComplete((done, ex) -> this.questions.close(this.caller))
			.thenApply((done) -> answers);
		// Whoever does not want the answers any more cancels this one only
		answered.whenComplete((done, ex) -> put.forEach(SessionQuestion::giveUp));
		return answered;
	}

	@Override
	public boolean canWait() {
		return true;
	}

	@Override
	public boolean isLogged(LoggingLevel level) {
		return level.level() >= this.logLevel.level();
	}

}
