// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Somebody could not show who they are. Published as an event of the application.
 *
 * @param fault the class of fault, such as {@code expired}; one of a small fixed number
 * @param address the network address the request came from
 * @since 0.1.0
 */
public record AuthenticationFailed(String fault, String address) {

}
