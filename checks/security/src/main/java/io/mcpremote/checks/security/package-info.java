// SPDX-License-Identifier: Apache-2.0

/**
 * An application whose tools need access tokens, and the authorization server that issues
 * them.
 */
@NullMarked
package io.mcpremote.checks.security;

import org.jspecify.annotations.NullMarked;
