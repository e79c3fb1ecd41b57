// SPDX-License-Identifier: Apache-2.0

/**
 * Who calls, what they may do, and how a refusal is told. May depend on the packages
 * {@code call}, {@code command}, {@code policy}, {@code wire} and {@code cluster} of this
 * project.
 */
@NullMarked
package io.mcpremote.security;

import org.jspecify.annotations.NullMarked;
