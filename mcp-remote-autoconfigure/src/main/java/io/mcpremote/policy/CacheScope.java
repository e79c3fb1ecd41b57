// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

/**
 * Who gets the remembered result of a call.
 *
 * @since 0.1.0
 */
public enum CacheScope {

	/**
	 * The same caller within the same session, or the same client without one.
	 */
	SESSION,

	/**
	 * The same caller with the same rights.
	 */
	USER,

	/**
	 * Everybody who may call the tool.
	 */
	SHARED

}
