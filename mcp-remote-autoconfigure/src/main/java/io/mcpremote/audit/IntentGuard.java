// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.Set;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Lets nothing run of which it has not been put on durable record that it is about to.
 */
final class IntentGuard implements CallGuard {

	private static final Log logger = LogFactory.getLog(IntentGuard.class);

	private static final Set<String> RUNNING = Set.of("tools/call", "prompts/get", "resources/read",
			"completion/complete");

	private static final Refusal REFUSED = Refusals.unavailable(
			"This call was not made, since it could not be put on record. Try again later.", Duration.ofSeconds(5));

	private final Duration patience;

	IntentGuard(Duration patience) {
		this.patience = patience;
	}

	@Override
	public CallStage stage() {
		return CallStage.RECORD;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		if (!RUNNING.contains(call.method())) {
			return next.proceed(call, context);
		}
		CallRecording recording = CallRecording.of(context);
		if (recording != null && recording.intend(this.patience)) {
			return next.proceed(call, context);
		}
		logger.debug("Call " + call.id() + " was not made, since it could not be put on record");
		return REFUSED;
	}

}
