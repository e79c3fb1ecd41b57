// SPDX-License-Identifier: Apache-2.0

/**
 * A project tracker for several tenants, served over remote MCP.
 */
@NullMarked
package io.mcpremote.sample;

import org.jspecify.annotations.NullMarked;
