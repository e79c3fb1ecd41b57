// SPDX-License-Identifier: Apache-2.0

/**
 * The call pipeline and its values; may depend on types of the MCP SDK, but on no other
 * package of this project and not on Spring Boot.
 */
@NullMarked
package io.mcpremote.call;

import org.jspecify.annotations.NullMarked;
