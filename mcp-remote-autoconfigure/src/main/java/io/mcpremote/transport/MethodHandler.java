// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.McpCall;

/**
 * Answers the calls of one method, after all guards have let them pass.
 */
@FunctionalInterface
interface MethodHandler {

	CallOutcome handle(McpCall call, RunningCall running);

}
