// SPDX-License-Identifier: Apache-2.0

/**
 * The endpoint: HTTP, the two eras of the protocol, and the bridge to the MCP SDK. May
 * depend on the packages {@code call}, {@code policy}, {@code wire}, {@code session} and
 * {@code notify} of this project.
 */
@NullMarked
package io.mcpremote.transport;

import org.jspecify.annotations.NullMarked;
