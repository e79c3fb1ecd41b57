// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;

/**
 * Puts every call on record when its client has an answer, once.
 */
final class AuditGuard implements CallGuard {

	private final CallRecords records;

	private final AuditTrail trail;

	AuditGuard(CallRecords records, AuditTrail trail) {
		this.records = records;
		this.trail = trail;
	}

	@Override
	public CallStage stage() {
		return CallStage.AUDIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		CallRecording recording = CallRecording.begin(call, context, this.records, this.trail);
		CallOutcome outcome = next.proceed(call, context);
		recording.end(outcome);
		return outcome;
	}

}
