// SPDX-License-Identifier: Apache-2.0

/**
 * What comes out of tools, prompts and resources: bounded, and free of text that only a
 * model sees. May depend on the packages {@code call}, {@code policy} and {@code cluster}
 * of this project.
 */
@NullMarked
package io.mcpremote.output;

import org.jspecify.annotations.NullMarked;
