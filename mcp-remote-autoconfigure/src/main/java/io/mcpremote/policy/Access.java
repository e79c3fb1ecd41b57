// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

/**
 * Who may use something.
 *
 * @since 0.1.0
 */
public enum Access {

	/**
	 * Callers that are authenticated and have what else is asked for.
	 */
	PROTECTED,

	/**
	 * Everybody, with or without a token.
	 */
	PUBLIC

}
