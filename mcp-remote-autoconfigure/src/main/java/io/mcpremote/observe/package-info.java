// SPDX-License-Identifier: Apache-2.0

/**
 * What can be seen of calls from outside: observations, meters, traces, and what log
 * lines say. May depend on {@code call}, {@code policy} and {@code wire}.
 */
@NullMarked
package io.mcpremote.observe;

import org.jspecify.annotations.NullMarked;
