// SPDX-License-Identifier: Apache-2.0

/**
 * Calls that are made again and must not be done twice. May depend on the packages
 * {@code call}, {@code policy} and {@code cluster} of this project.
 */
@NullMarked
package io.mcpremote.idempotency;

import org.jspecify.annotations.NullMarked;
