// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import org.jspecify.annotations.Nullable;

/**
 * No way back: a legacy client without a session cannot be asked anything.
 */
final class StatelessChannel extends WaitingChannel {

	@Override
	public CompletableFuture<Map<String, Map<String, Object>>> ask(Map<String, InputRequest> requests,
			@Nullable Duration within) {
		return CompletableFuture.failedFuture(new CallSignal(Refusals.of(RefusalReason.MISSING_CAPABILITY,
				"This request needs input from its client, which takes a session or protocol revision 2026-07-28")));
	}

	@Override
	public boolean isLogged(LoggingLevel level) {
		return level.level() >= LoggingLevel.INFO.level();
	}

}
