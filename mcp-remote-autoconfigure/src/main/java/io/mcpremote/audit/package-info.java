// SPDX-License-Identifier: Apache-2.0

/**
 * The record of what was done and on whose behalf; may depend on {@code call} and
 * {@code policy}.
 */
@NullMarked
package io.mcpremote.audit;

import org.jspecify.annotations.NullMarked;
