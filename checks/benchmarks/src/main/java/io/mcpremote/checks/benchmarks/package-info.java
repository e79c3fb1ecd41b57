// SPDX-License-Identifier: Apache-2.0

/**
 * Application under measurement.
 */
@NullMarked
package io.mcpremote.checks.benchmarks;

import org.jspecify.annotations.NullMarked;
