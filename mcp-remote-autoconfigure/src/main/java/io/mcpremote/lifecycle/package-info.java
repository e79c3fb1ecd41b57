// SPDX-License-Identifier: Apache-2.0

/**
 * Tools that come and go: deprecation, removal, and what a release may change. May depend
 * on the packages {@code call}, {@code policy} and {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.lifecycle;

import org.jspecify.annotations.NullMarked;
