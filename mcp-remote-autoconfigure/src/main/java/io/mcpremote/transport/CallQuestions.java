// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallSignal;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.InputRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks its client, and what has to stand still while it waits for an answer.
 */
final class CallQuestions {

	private static final String CANCELLED = "The call was cancelled";

	private final ClientProfile client;

	private final ClientChannel channel;

	private final @Nullable CallWaits waits;

	// Perhaps by a thread of the application's
	private volatile @Nullable Refusal unasked;

	CallQuestions(ClientProfile client, ClientChannel channel) {
		this.client = client;
		this.channel = channel;
		this.waits = (channel.canWait()) ? new CallWaits(System::nanoTime) : null;
	}

	/**
	 * Return the signal for a call that need not be answered any more.
	 */
	static CallSignal cancelled(@Nullable InterruptedException ex) {
		return new CallSignal(new Failure(FailureKind.CANCELLED, CANCELLED, ex));
	}

	/**
	 * Ask, and wait for the answers.
	 */
	Map<String, Map<String, Object>> ask(Map<String, InputRequest> requests) {
		check(requests);
		return answers(send(requests, null));
	}

	/**
	 * Ask what may be answered once only, and wait for the answers.
	 * @param waiting whether the call may wait, asked when it is about to
	 * @param done called when it does not wait any more
	 */
	Map<String, Map<String, Object>> askOnce(Map<String, InputRequest> requests, Duration within,
			BooleanSupplier waiting, Runnable done) {
		check(requests);
		this.channel.singleUse();
		if (!waiting.getAsBoolean()) {
			throw cancelled(null);
		}
		try {
			return answers(send(requests, within));
		}
		finally {
			done.run();
		}
	}

	/**
	 * Ask the client, whom the application has made sure of being able to answer.
	 */
	CompletableFuture<Map<String, Map<String, Object>>> send(Map<String, InputRequest> requests) {
		return send(requests, null);
	}

	private CompletableFuture<Map<String, Map<String, Object>>> send(Map<String, InputRequest> requests,
			@Nullable Duration within) {
		CompletableFuture<Map<String, Map<String, Object>>> answers = this.channel.ask(requests, within);
		return (this.waits != null) ? this.waits.during(answers) : answers;
	}

	private void check(Map<String, InputRequest> requests) {
		for (InputRequest request : requests.values()) {
			Refusal lacking = this.client.lacking(request);
			if (lacking != null) {
				throw cannotAsk(lacking);
			}
		}
	}

	private static Map<String, Map<String, Object>> answers(
			CompletableFuture<Map<String, Map<String, Object>>> answers) {
		try {
			return answers.get();
		}
		catch (InterruptedException ex) {
			answers.cancel(false);
			Thread.currentThread().interrupt();
			throw cancelled(ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * Note that the client cannot be asked.
	 * @param refusal says why
	 * @return the signal to tell the application
	 */
	CallSignal cannotAsk(Refusal refusal) {
		this.unasked = refusal;
		return new CallSignal(refusal);
	}

	/**
	 * Return why the client could not be asked, if it could not. Spring AI hides what
	 * prompts and resources throw.
	 */
	@Nullable Refusal unasked() {
		return this.unasked;
	}

	/**
	 * Do something when the call begins to wait for its client and when it goes on.
	 */
	void whileWaiting(Runnable begins, Runnable ends) {
		if (this.waits != null) {
			this.waits.add(begins, ends);
		}
	}

	/**
	 * Return how long the call has waited for its client so far.
	 */
	Duration waited() {
		return (this.waits != null) ? this.waits.total() : Duration.ZERO;
	}

	/**
	 * Wait for nothing any more.
	 */
	void over() {
		if (this.waits != null) {
			this.waits.over();
		}
	}

}
