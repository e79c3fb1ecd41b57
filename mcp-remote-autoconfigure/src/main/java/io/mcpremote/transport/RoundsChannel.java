// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallSignal;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.transport.RequestState.Progress;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import org.jspecify.annotations.Nullable;

/**
 * Asks the client of a modern call by ending the call with the questions. In the next
 * round the answers are there when the same questions come up.
 */
final class RoundsChannel implements ClientChannel {

	private final RequestRounds rounds;

	private final McpCall call;

	private final @Nullable RequestState before;

	private final Map<String, Map<String, Object>> arrived;

	private final @Nullable LoggingLevel logLevel;

	private final Map<String, Map<String, Object>> answers;

	private final Map<String, String> asked;

	private final Map<String, @Nullable Object> steps;

	private final Map<String, InputRequest> pending = new LinkedHashMap<>();

	private final Map<String, Integer> keys = new HashMap<>();

	private @Nullable Object carried;

	private boolean once;

	private @Nullable Duration within;

	/**
	 * Create a channel.
	 * @param rounds seals what goes into the next round
	 * @param call the call
	 * @param before what the previous round left, if there was one
	 * @param arrived the answers that came with this round
	 * @param logLevel the lowest level the client wants to see, {@code null} for none
	 */
	RoundsChannel(RequestRounds rounds, McpCall call, @Nullable RequestState before,
			Map<String, Map<String, Object>> arrived, @Nullable LoggingLevel logLevel) {
		this.rounds = rounds;
		this.call = call;
		this.before = before;
		this.arrived = arrived;
		this.logLevel = logLevel;
		Progress progress = (before != null) ? before.progress() : Progress.NONE;
		this.answers = new LinkedHashMap<>(progress.answers());
		this.asked = new LinkedHashMap<>(progress.asked());
		this.steps = new LinkedHashMap<>(progress.steps());
		this.carried = progress.carried();
	}

	@Override
	public @Nullable String round() {
		if (this.before == null || !this.before.further()) {
			return null;
		}
		Progress progress = this.before.progress();
		boolean answered = progress.asked()
			.keySet()
			.stream()
			.allMatch((key) -> progress.answers().containsKey(key) || this.arrived.containsKey(key));
		return (answered) ? this.before.id() : null;
	}

	@Override
	public @Nullable Refusal begin() {
		return (this.before != null && !this.rounds.use(this.call, this.before)) ? RequestRounds.INVALID_STATE : null;
	}

	@Override
	public synchronized CompletableFuture<Map<String, Map<String, Object>>> ask(Map<String, InputRequest> requests,
			@Nullable Duration within) {
		if (!ModernEra.hasRounds(this.call.method())) {
			return CompletableFuture.failedFuture(
					new IllegalStateException("Only tools, prompts and resources may ask their client for input"));
		}
		Map<String, Map<String, Object>> found = new HashMap<>();
		requests.forEach((key, request) -> {
			Map<String, Object> answer = answer(key, request);
			if (answer != null) {
				found.put(key, answer);
				this.answers.put(key, answer);
			}
			else {
				this.answers.remove(key);
				this.pending.put(key, request);
				this.within = within;
			}
		});
		InputRequired required = required();
		return (required != null) ? CompletableFuture.failedFuture(new CallSignal(required))
				: CompletableFuture.completedFuture(found);
	}

	@Override
	public synchronized @Nullable InputRequired required() {
		if (this.pending.isEmpty()) {
			return null;
		}
		Progress progress = new Progress(this.answers, this.asked, this.steps, this.carried);
		boolean further = this.before == null || this.answers.size() > this.before.progress().answers().size();
		return new InputRequired(new LinkedHashMap<>(this.pending),
				this.rounds.seal(this.call, this.once, further, this.within, progress));
	}

	@Override
	public synchronized String nextKey(String method) {
		return method + "-" + this.keys.merge(method, 1, Integer::sum);
	}

	@Override
	public synchronized @Nullable Remembered remembered(String step) {
		return (this.steps.containsKey(step)) ? new Remembered(this.steps.get(step)) : null;
	}

	@Override
	public synchronized void remember(String step, @Nullable Object result) {
		this.steps.put(step, result);
	}

	@Override
	public synchronized @Nullable Object carried() {
		return this.carried;
	}

	@Override
	public synchronized void carry(Object state) {
		this.carried = state;
	}

	@Override
	public synchronized void singleUse() {
		this.once = true;
	}

	@Override
	public void useUp() {
		if (this.before != null) {
			this.rounds.use(this.call, this.before);
		}
	}

	@Override
	public boolean isLogged(LoggingLevel level) {
		return this.logLevel != null && level.level() >= this.logLevel.level();
	}

	/**
	 * An answer counts only for the question that it was given to, and once an answer has
	 * been taken it stays.
	 */
	private @Nullable Map<String, Object> answer(String key, InputRequest request) {
		if (McpSchema.METHOD_PING.equals(request.method())) {
			// Not a question of this revision; and the call itself proves that the client
			// is there
			return Map.of();
		}
		String digest = this.rounds.digest(request);
		String asked = this.asked.put(key, digest);
		if (this.once && (this.before == null || !this.before.once() || asked == null)) {
			// Nobody can have answered a question that may be answered only once before
			// it was put
			return null;
		}
		if (asked != null && !asked.equals(digest)) {
			return null;
		}
		Map<String, Object> answer = this.answers.getOrDefault(key, this.arrived.get(key));
		return (answer != null && AnswerCheck.fits(request, answer)) ? answer : null;
	}

}
