// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A call was refused because its caller asks for too much. Published as an event of the
 * application.
 *
 * @param callId the id under which the call is found in logs
 * @param caller who called
 * @param method the protocol method
 * @param target what was called, if anything
 * @param level what the limit is for
 * @param retryAfter when trying again makes sense
 * @since 0.1.0
 */
public record CallLimited(String callId, Caller caller, String method, @Nullable String target, String level,
		Duration retryAfter) {

}
