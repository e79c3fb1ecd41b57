// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * A request was refused before it became a call that guards could see. Published as an
 * event of the application.
 *
 * @param reason why
 * @param address the network address the request came from
 * @param caller who called, if that was known by then
 * @param method the protocol method, as the client wrote it, if it was read by then
 * @since 0.1.0
 */
public record RequestRefused(RefusalReason reason, String address, @Nullable Caller caller, @Nullable String method) {

}
