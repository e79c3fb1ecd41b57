// SPDX-License-Identifier: Apache-2.0

/**
 * The Java client of the MCP SDK, checking a server.
 */
@NullMarked
package io.mcpremote.checks.e2e;

import org.jspecify.annotations.NullMarked;
