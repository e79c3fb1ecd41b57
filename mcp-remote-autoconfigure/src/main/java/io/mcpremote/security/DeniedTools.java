// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * What becomes of tools, prompts and resources whose scopes a caller lacks.
 *
 * @since 0.1.0
 */
public enum DeniedTools {

	/**
	 * They are listed, and who calls them is told which scopes it takes.
	 */
	CHALLENGE,

	/**
	 * It is as if they were not there.
	 */
	HIDE

}
