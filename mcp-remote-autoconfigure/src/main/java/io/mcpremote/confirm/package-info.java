// SPDX-License-Identifier: Apache-2.0

/**
 * Tools that ask the user before they run. May depend on the packages {@code call},
 * {@code policy} and {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.confirm;

import org.jspecify.annotations.NullMarked;
