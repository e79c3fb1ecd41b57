// SPDX-License-Identifier: Apache-2.0

/**
 * What keeps calls that are slow or fail from harming others: deadlines, breakers and
 * bulkheads. May depend on the packages {@code call}, {@code policy} and {@code cluster}
 * of this project.
 */
@NullMarked
package io.mcpremote.resilience;

import org.jspecify.annotations.NullMarked;
