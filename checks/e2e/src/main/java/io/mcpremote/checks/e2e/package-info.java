// SPDX-License-Identifier: Apache-2.0

/**
 * Application under test for foreign MCP clients.
 */
@NullMarked
package io.mcpremote.checks.e2e;

import org.jspecify.annotations.NullMarked;
