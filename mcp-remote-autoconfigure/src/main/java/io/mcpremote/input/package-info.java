// SPDX-License-Identifier: Apache-2.0

/**
 * What goes into a tool: arguments are held to the tool's schema. May depend on the
 * packages {@code call}, {@code policy} and {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.input;

import org.jspecify.annotations.NullMarked;
