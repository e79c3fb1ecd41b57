// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.transport.RpcMessage.Request;
import io.mcpremote.wire.OutcomeWriter;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a batch, whose messages are served one after the other.
 */
final class BatchAnswers {

	private static final Refusal NOT_BEGUN = Refusals.unavailable(
			"A call before this one in the batch took too long, and this one was not begun. Send it again.",
			Duration.ofSeconds(1));

	private final List<?> batch;

	private final OutcomeWriter outcomes;

	private final BiConsumer<RefusalReason, @Nullable String> skipped;

	private final List<byte[]> answers = new ArrayList<>();

	private final List<Runnable> untold = new ArrayList<>();

	private int served;

	/**
	 * Create the answers to a batch.
	 * @param skipped is told of messages that are not served any more: why, and the
	 * method if it could be read
	 */
	BatchAnswers(List<?> batch, OutcomeWriter outcomes, BiConsumer<RefusalReason, @Nullable String> skipped) {
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
	 * Whoever wants to know of the others hears of them with {@link #tell}.
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
				return refused(request.id(), request.method(), NOT_BEGUN);
			}
			return new byte[0];
		}
		catch (RefusedException ex) {
			return refused(ex.requestId(), null, ex.refusal());
		}
	}

	private byte[] refused(@Nullable Object id, @Nullable String method, Refusal refusal) {
		this.untold.add(() -> this.skipped.accept(refusal.reason(), method));
		return this.outcomes.refusal(id, Revision.newestLegacy(), method, refusal).body();
	}

	/**
	 * Tell of messages that were not served. Not to be done while anybody waits for the
	 * answers, or for a lock that whoever makes them has.
	 */
	void tell() {
		List<Runnable> telling;
		synchronized (this) {
			telling = List.copyOf(this.untold);
			this.untold.clear();
		}
		telling.forEach(Runnable::run);
	}

}
