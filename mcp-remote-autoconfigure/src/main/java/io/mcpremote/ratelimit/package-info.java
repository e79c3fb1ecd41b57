// SPDX-License-Identifier: Apache-2.0

/**
 * How much callers may ask for: limits and quotas. May depend on the packages
 * {@code call}, {@code policy} and {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.ratelimit;

import org.jspecify.annotations.NullMarked;
