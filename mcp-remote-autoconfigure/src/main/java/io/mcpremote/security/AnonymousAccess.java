// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * Tells whether anything can be called without a token.
 */
@FunctionalInterface
interface AnonymousAccess {

	boolean isPossible();

}
