// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;

/**
 * Stops calling what keeps failing, and tries again after a while. What failed too late
 * for its client counts from the moment at which it was too late.
 */
final class BreakerGuard implements CallGuard {

	private static final Failure EXPIRED = new Failure(FailureKind.DEADLINE, "The time of the call is over.", null);

	private final Circuits circuits;

	BreakerGuard(Circuits circuits) {
		this.circuits = circuits;
	}

	@Override
	public CallStage stage() {
		return CallStage.BREAKER;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		Circuit circuit = this.circuits.of(call, context);
		if (circuit == null) {
			return next.proceed(call, context);
		}
		boolean permitted = circuit.breaker().tryAcquirePermission();
		circuit.look();
		if (!permitted) {
			return circuit.refuse(call);
		}
		Attempt attempt = new Attempt(circuit);
		CallOutcome outcome = null;
		try {
			context.onExpiry(attempt::end);
			context.whileWaiting(attempt::pause, attempt::resume);
			outcome = next.proceed(call, context);
			return outcome;
		}
		finally {
			// Nobody may have said so yet
			attempt.end((context.isExpired()) ? EXPIRED : outcome);
		}
	}

}
