// SPDX-License-Identifier: Apache-2.0

/**
 * Application for the MCP conformance suite.
 */
@NullMarked
package io.mcpremote.checks.conformance;

import org.jspecify.annotations.NullMarked;
