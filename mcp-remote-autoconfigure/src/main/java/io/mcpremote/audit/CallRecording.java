// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call until it is on record, and how long it may still wait for
 * that.
 */
final class CallRecording implements Consumer<CallOutcome> {

	private static final String ATTRIBUTE = "audit.recording";

	private static final Log logger = LogFactory.getLog(CallRecording.class);

	private final AtomicBoolean answered = new AtomicBoolean();

	private final McpCall call;

	private final CallContext context;

	private final CallRecords records;

	private final AuditTrail trail;

	private volatile @Nullable Action action;

	// Touched by the thread of the call only
	private long patience;

	private CallRecording(McpCall call, CallContext context, CallRecords records, AuditTrail trail) {
		this.call = call;
		this.context = context;
		this.records = records;
		this.trail = trail;
		this.patience = trail.patience();
	}

	/**
	 * Begin to put a call on record.
	 */
	static CallRecording begin(McpCall call, CallContext context, CallRecords records, AuditTrail trail) {
		CallRecording recording = new CallRecording(call, context, records, trail);
		context.attribute(ATTRIBUTE, recording);
		context.onExpiry(recording);
		return recording;
	}

	/**
	 * Return what is known of a call, {@code null} if it is not put on record.
	 */
	static @Nullable CallRecording of(CallContext context) {
		return (context.attribute(ATTRIBUTE) instanceof CallRecording known) ? known : null;
	}

	/**
	 * Return what the call is to do. Found out when it is first asked for, since that
	 * costs more than to turn the call away.
	 */
	Action action() {
		Action known = this.action;
		if (known == null) {
			known = this.records.action(this.call, this.context);
			this.action = known;
		}
		return known;
	}

	/**
	 * Return how long the call may still wait for the record, in nanoseconds.
	 */
	long patience() {
		return this.patience;
	}

	/**
	 * Have it on durable record that the call is about to run its target.
	 * @param within how long that may take; what is left of it is there for the rest of
	 * the record
	 * @return whether it is
	 */
	boolean intend(Duration within) {
		long deadline = System.nanoTime() + within.toNanos();
		PendingIntent intent = this.trail.intent(this.records.intent(this.call, action()), within.toNanos());
		boolean recorded = intent != null && Boolean.TRUE
			.equals(this.context.await(intent.recorded(), Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
		this.patience = Math.min(this.patience, deadline - System.nanoTime());
		return recorded;
	}

	/**
	 * Note that the client has been answered, while the target still runs. Never waits.
	 */
	@Override
	public void accept(CallOutcome outcome) {
		if (!this.answered.compareAndSet(false, true)) {
			return;
		}
		try {
			this.trail.offer(ended(outcome));
		}
		catch (Throwable ex) {
			lost(ex);
		}
	}

	/**
	 * Note what has become of the call.
	 */
	void end(CallOutcome outcome) {
		try {
			if (!this.answered.compareAndSet(false, true)) {
				late(outcome);
			}
			else if (!(outcome instanceof Refusal refusal) || !isFlood(refusal)) {
				this.trail.record(ended(outcome), this.patience);
			}
		}
		catch (Throwable ex) {
			lost(ex);
		}
	}

	private AuditEvent ended(CallOutcome outcome) {
		return this.records.ended(this.call, this.context, action(), outcome);
	}

	/**
	 * Note what the target has come to after the client had been answered.
	 */
	private void late(CallOutcome outcome) {
		CallOutcome last = (this.context.attribute(CallContext.LATE) instanceof CallOutcome late) ? late : outcome;
		this.trail.record(this.records.late(this.call, this.context, action(), last), this.patience);
	}

	/**
	 * Only what is refused before anything else has been found out can come without any
	 * limit.
	 */
	private boolean isFlood(Refusal refusal) {
		CallStage reached = this.context.reached();
		boolean unknown = reached == CallStage.AUTHORIZE && refusal.reason() == RefusalReason.UNAUTHENTICATED;
		if (reached == null || !(unknown || reached == CallStage.ADMIT || reached == CallStage.CALLER_LIMIT)) {
			return false;
		}
		return !this.trail.floods()
			.admit(Type.REFUSED_REQUEST, Endings.word(reached), Endings.word(refusal.reason()), this.call.caller());
	}

	/**
	 * Calls are made and answered all the same.
	 */
	private void lost(Throwable ex) {
		this.trail.lost(1);
		logger.error("Call " + this.call.id() + " could not be put on record: " + ex.getClass().getName());
	}

}
