// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * The server takes no new calls and waits for those under way. Published as an event of
 * the application.
 *
 * @param underWay how many calls are under way
 * @since 0.1.0
 */
public record DrainStarted(int underWay) {

}
