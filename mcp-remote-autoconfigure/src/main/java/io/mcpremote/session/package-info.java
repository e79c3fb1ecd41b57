// SPDX-License-Identifier: Apache-2.0

/**
 * Sessions of clients that speak a protocol revision with a handshake. May depend on the
 * packages {@code call} and {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.session;

import org.jspecify.annotations.NullMarked;
