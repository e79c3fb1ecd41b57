// SPDX-License-Identifier: Apache-2.0

/**
 * What operators see and do: draining, start-up failures. May depend on every package of
 * this project; none depends on it.
 */
@NullMarked
package io.mcpremote.operate;

import org.jspecify.annotations.NullMarked;
