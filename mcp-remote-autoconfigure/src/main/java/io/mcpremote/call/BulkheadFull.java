// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * A call was refused because as many as may were running at that moment. Published as an
 * event of the application.
 *
 * @param callId the id under which the call is found in logs
 * @param caller who called
 * @param method the protocol method
 * @param target what was called, if anything
 * @param level whose calls are counted together
 * @since 0.1.0
 */
public record BulkheadFull(String callId, Caller caller, String method, @Nullable String target, String level) {

}
