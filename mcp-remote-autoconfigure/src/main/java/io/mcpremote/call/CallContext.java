// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one call while it is under way and what guards may add to it. Used by
 * the thread that serves the call.
 *
 * @since 0.1.0
 */
public interface CallContext {

	/**
	 * The attribute that holds the outcome of a target that has come to its end after the
	 * client had been told that its time was over.
	 */
	String LATE = "call.late";

	/**
	 * The attribute that is set when the result was remembered from an equal call, of
	 * whomever.
	 */
	String CACHED = "cache.hit";

	/**
	 * The attribute that is set when the same call has been made before, and is answered
	 * with what became of it then.
	 */
	String REPEATED = "idempotency.repeated";

	/**
	 * The attribute that holds the entry of a list that the call is about, once somebody
	 * has looked for it: a name, a URI or a template, or an empty text if the server has
	 * nothing of the kind.
	 */
	String ENTRY = "call.entry";

	/**
	 * Set a response header. Has no effect once the response has begun to stream.
	 * @param name the name of the header
	 * @param value the value
	 */
	void responseHeader(String name, String value);

	/**
	 * Keep a value for a guard or listener further on.
	 * @param name the name of the value, prefixed with the feature's name
	 * @param value the value
	 */
	void attribute(String name, Object value);

	/**
	 * Return a value kept before.
	 * @param name the name of the value
	 * @return the value or {@code null}
	 */
	@Nullable Object attribute(String name);

	/**
	 * Return everything kept so far.
	 * @return the values by name
	 */
	Map<String, Object> attributes();

	/**
	 * Ask the client, and through it perhaps a person. In the modern era this ends the
	 * call with {@link CallOutcome.InputRequired} unless the answer is already there; in
	 * a legacy session it waits.
	 * @param key names the question; stays the same when the client tries again
	 * @param request what to ask
	 * @return the client's answer
	 */
	Map<String, Object> ask(String key, InputRequest request);

	/**
	 * Ask the client for something that must not be had twice, on behalf of a guard. An
	 * answer is taken once only, and only after this server has put the question in an
	 * earlier round of the same call: what a client sends unasked counts for nothing. All
	 * further rounds of the call can then be gone through only once, too.
	 * @param key names the question; stays the same when the client tries again
	 * @param request what to ask
	 * @param within how long the client has to answer
	 * @return the client's answer
	 */
	Map<String, Object> askOnce(String key, InputRequest request, Duration within);

	/**
	 * Take no other answer in place of one that {@link #askOnce} has returned. Without
	 * this, an answer is used up when the target is run.
	 */
	void useUp();

	/**
	 * Return what names the round of questions and answers that this call goes on with,
	 * as sealed by this server before.
	 * @return the name, or {@code null} if the call begins, or begins once more because
	 * its client has not answered
	 */
	@Nullable String round();

	/**
	 * Do something while the call waits for a person, such as giving back a permit that
	 * others could use.
	 * @param begins run when the call begins to wait
	 * @param ends run when it goes on, by whichever thread brings the answer
	 */
	void whileWaiting(Runnable begins, Runnable ends);

	/**
	 * Return how long the call has waited for a person so far. Whoever judges how fast
	 * the server is leaves that out. May be asked by any thread.
	 * @return the time, zero if the call does not wait
	 */
	default Duration waited() {
		return Duration.ZERO;
	}

	/**
	 * Bound how long what follows may take. When the time is over, its client is answered
	 * without waiting any longer, and the thread of the target is interrupted unless that
	 * would do harm. Waiting for a person does not count.
	 * @param timeout the time
	 * @param outcome says what becomes of the call if the time is over, and is asked only
	 * then
	 * @return ends the bound, and must be used once what follows has returned
	 */
	Deadline deadline(Duration timeout, Supplier<Failure> outcome);

	/**
	 * Never interrupt the thread of the target, whatever happens.
	 */
	void uninterruptible();

	/**
	 * Do something when the client is answered before the target has come to an end: what
	 * the rest of the chain returns comes later then, or never. Guards that keep count of
	 * outcomes, or on which others wait, need to know.
	 * @param action is run at most once, by another thread than that of the call; must
	 * not wait for anything
	 */
	void onExpiry(Consumer<CallOutcome> action);

	/**
	 * Return whether the client was answered before the target came to an end. What
	 * {@link #onExpiry} has been told need not be told again.
	 * @return whether a deadline has passed
	 */
	boolean isExpired();

	/**
	 * Return whether the client has taken the call back, or has gone away and thereby
	 * done so. What the target gives back then may be no more than the trace of an
	 * interrupt.
	 * @return whether nobody waits for an answer
	 */
	boolean isCancelled();

	/**
	 * Let the call come to its end although its client goes away, since the client may
	 * come back for the outcome. A client can still take it back in so many words.
	 */
	void keepRunning();

	/**
	 * Wait for something that another call brings about. It is to this call what running
	 * the target is: the client gets signs of life and may take the call back.
	 * @param <T> the type of what is waited for
	 * @param coming what is waited for
	 * @param patience how long to wait
	 * @return what has come, or {@code null} if it has not come in time
	 */
	<T> @Nullable T await(Future<T> coming, Duration patience);

	/**
	 * Note how far the call has come. Used by the pipeline.
	 * @param stage the stage whose guard is about to see the call, {@code null} for the
	 * target itself
	 */
	void reach(@Nullable CallStage stage);

	/**
	 * Return how far the call has come: where an outcome was decided that no guard has
	 * changed on its way back.
	 * @return the stage, or {@code null} if the target itself was reached
	 */
	@Nullable CallStage reached();

	/**
	 * Return where notifications for this call go.
	 * @return the stream
	 */
	CallStream stream();

	/**
	 * A bound on how long a part of a call may take.
	 */
	@FunctionalInterface
	interface Deadline {

		/**
		 * End the bound.
		 * @return whether the time was over before
		 */
		boolean end();

	}

}
