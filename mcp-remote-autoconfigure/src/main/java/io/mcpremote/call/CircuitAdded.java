// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Something has got a breaker, since it is called for the first time. Published as an
 * event of the application.
 *
 * @param kind what kind of thing it is
 * @param target its name, or the URI or template of a resource
 * @param state the state that the breaker begins with, such as {@code closed}
 * @since 0.1.0
 */
public record CircuitAdded(TargetKind kind, String target, String state) {

}
