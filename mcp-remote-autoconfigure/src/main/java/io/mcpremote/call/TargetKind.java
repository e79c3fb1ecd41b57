// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * What a server offers by name.
 *
 * @since 0.1.0
 */
public enum TargetKind {

	/**
	 * Tools, by name.
	 */
	TOOL,

	/**
	 * Prompts, by name.
	 */
	PROMPT,

	/**
	 * Resources, by URI.
	 */
	RESOURCE,

	/**
	 * Families of resources, by URI template.
	 */
	TEMPLATE

}
