// SPDX-License-Identifier: Apache-2.0

/**
 * Application that is looked at from outside: by its meters, its traces and its logs.
 */
@NullMarked
package io.mcpremote.checks.operate;

import org.jspecify.annotations.NullMarked;
