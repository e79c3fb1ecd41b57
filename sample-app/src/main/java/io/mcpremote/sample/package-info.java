// SPDX-License-Identifier: Apache-2.0

/**
 * An inventory with two tools, served over remote MCP.
 */
@NullMarked
package io.mcpremote.sample;

import org.jspecify.annotations.NullMarked;
