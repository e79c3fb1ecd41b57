// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Puts every call on record when its client has an answer, once.
 */
final class AuditGuard implements CallGuard {

	/**
	 * Attribute that holds what the call is to do, for the record that is made before it
	 * is done.
	 */
	static final String ACTION = "audit.action";

	private static final Log logger = LogFactory.getLog(AuditGuard.class);

	private final CallRecords records;

	private final AuditTrail trail;

	private final boolean required;

	/**
	 * Create a guard.
	 * @param required whether a record is made before as well
	 */
	AuditGuard(CallRecords records, AuditTrail trail, boolean required) {
		this.records = records;
		this.trail = trail;
		this.required = required;
	}

	@Override
	public CallStage stage() {
		return CallStage.AUDIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		Action action = this.records.action(call, context);
		if (this.required) {
			context.attribute(ACTION, action);
		}
		Recording recording = new Recording(call, context, action);
		context.onExpiry(recording);
		CallOutcome outcome = next.proceed(call, context);
		recording.end(outcome);
		return outcome;
	}

	/**
	 * What is known of one call until it is on record.
	 */
	private final class Recording implements Consumer<CallOutcome> {

		private final AtomicBoolean done = new AtomicBoolean();

		private final McpCall call;

		private final CallContext context;

		private final Action action;

		Recording(McpCall call, CallContext context, Action action) {
			this.call = call;
			this.context = context;
			this.action = action;
		}

		/**
		 * The client has been answered already.
		 */
		@Override
		public void accept(CallOutcome outcome) {
			if (!this.done.compareAndSet(false, true)) {
				return;
			}
			try {
				AuditGuard.this.trail.offer(event(outcome));
			}
			catch (Throwable ex) {
				lost(ex);
			}
		}

		void end(CallOutcome outcome) {
			if (!this.done.compareAndSet(false, true)) {
				return;
			}
			try {
				if (!(outcome instanceof Refusal refusal) || !isFlood(refusal)) {
					AuditGuard.this.trail.record(event(outcome));
				}
			}
			catch (Throwable ex) {
				lost(ex);
			}
		}

		private void lost(Throwable ex) {
			AuditGuard.this.trail.lost(1);
			logger.error("Call " + this.call.id() + " could not be put on record: " + ex.getClass().getName());
		}

		/**
		 * Only what is refused before anything else has been found out can come without
		 * any limit.
		 */
		private boolean isFlood(Refusal refusal) {
			CallStage reached = this.context.reached();
			boolean unknown = reached == CallStage.AUTHORIZE && refusal.reason() == RefusalReason.UNAUTHENTICATED;
			if (reached == null || !(unknown || reached == CallStage.ADMIT || reached == CallStage.CALLER_LIMIT)) {
				return false;
			}
			return !AuditGuard.this.trail.floods()
				.admit(Type.REFUSED_REQUEST, Endings.word(reached), Endings.word(refusal.reason()),
						this.call.caller().usageKey(), CallRecords.actor(this.call.caller()));
		}

		private AuditEvent event(CallOutcome outcome) {
			return AuditGuard.this.records.ended(this.call, this.context, this.action, outcome);
		}

	}

}
