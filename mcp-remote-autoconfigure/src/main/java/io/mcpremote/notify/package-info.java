// SPDX-License-Identifier: Apache-2.0

/**
 * Events that servers tell their clients without being asked each time. May depend on the
 * package {@code call} of this project.
 */
@NullMarked
package io.mcpremote.notify;

import org.jspecify.annotations.NullMarked;
