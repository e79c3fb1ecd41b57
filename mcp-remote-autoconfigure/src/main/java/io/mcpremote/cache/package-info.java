// SPDX-License-Identifier: Apache-2.0

/**
 * Results that are remembered and given again. May depend on the packages {@code call},
 * {@code policy} and {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.cache;

import org.jspecify.annotations.NullMarked;
