// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.Revision;
import io.mcpremote.transport.RpcMessage.Request;
import io.mcpremote.wire.OutcomeWriter;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a batch, whose messages are served one after the other.
 */
final class BatchAnswers {

	private static final Failure NOT_BEGUN = new Failure(FailureKind.DEADLINE,
			"A call before this one in the batch took too long, and this one was not begun. Send it again.", null);

	private final List<?> batch;

	private final OutcomeWriter outcomes;

	private final Consumer<String> skipped;

	private final List<byte[]> answers = new ArrayList<>();

	private int served;

	/**
	 * Create the answers to a batch.
	 * @param skipped is told the methods of requests that are not served any more
	 */
	BatchAnswers(List<?> batch, OutcomeWriter outcomes, Consumer<String> skipped) {
		this.batch = batch;
		this.outcomes = outcomes;
		this.skipped = skipped;
	}

	/**
	 * Add the answer to the next message.
	 * @param answer the answer, {@code null} if there is none
	 */
	synchronized void add(byte @Nullable [] answer) {
		this.served++;
		if (answer != null && answer.length > 0) {
			this.answers.add(answer);
		}
	}

	synchronized List<byte[]> all() {
		return List.copyOf(this.answers);
	}

	/**
	 * Return all answers if the next one, which may be none, is the last that is served.
	 */
	synchronized List<byte[]> endingWith(byte[] answer) {
		List<byte[]> all = new ArrayList<>(this.answers);
		if (answer.length > 0) {
			all.add(answer);
		}
		for (Object json : this.batch.subList(this.served + 1, this.batch.size())) {
			byte[] skipped = skipped(json);
			if (skipped.length > 0) {
				all.add(skipped);
			}
		}
		return all;
	}

	private byte[] skipped(Object json) {
		try {
			if (RpcMessage.of(json) instanceof Request request) {
				this.skipped.accept(request.method());
				return this.outcomes.error(request.id(), Revision.newestLegacy(), NOT_BEGUN).body();
			}
			return new byte[0];
		}
		catch (RefusedException ex) {
			return this.outcomes.refusal(ex.requestId(), Revision.newestLegacy(), null, ex.refusal()).body();
		}
	}

}
