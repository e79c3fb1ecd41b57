// SPDX-License-Identifier: Apache-2.0

/**
 * What goes into a tool: arguments are held to the tool's schema and to constraints, some
 * of which are here. May depend on the packages {@code call}, {@code policy} and
 * {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.input;

import org.jspecify.annotations.NullMarked;
