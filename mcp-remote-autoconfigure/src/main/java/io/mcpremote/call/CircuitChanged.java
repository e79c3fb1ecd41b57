// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Something has begun to be called no longer, since it failed too often, or again.
 * Published as an event of the application.
 *
 * @param kind what kind of thing it is
 * @param target its name, or the URI or template of a resource
 * @param from the state before, such as {@code closed}
 * @param to the state now, such as {@code open}
 * @since 0.1.0
 */
public record CircuitChanged(TargetKind kind, String target, String from, String to) {

}
