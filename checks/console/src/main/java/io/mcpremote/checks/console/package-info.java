// SPDX-License-Identifier: Apache-2.0

/**
 * An application with operators, users and tools of all kinds, for the browser to look
 * at.
 */
@NullMarked
package io.mcpremote.checks.console;

import org.jspecify.annotations.NullMarked;
