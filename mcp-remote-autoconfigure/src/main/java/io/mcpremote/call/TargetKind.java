// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

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
	TEMPLATE;

	/**
	 * Return what kind of thing calls of a method are about, be it there or not.
	 * @param method the protocol method
	 * @return the kind, or {@code null} if they run nothing of the application's
	 */
	public static @Nullable TargetKind called(String method) {
		return switch (method) {
			case "tools/call" -> TOOL;
			case "prompts/get" -> PROMPT;
			case "resources/read" -> RESOURCE;
			default -> null;
		};
	}

	/**
	 * Return what kind of thing calls of a method name, be it there or not.
	 * @param method the protocol method
	 * @return the kind, or {@code null} if they name nothing, or things of several kinds
	 */
	public static @Nullable TargetKind named(String method) {
		return switch (method) {
			case "resources/subscribe", "resources/unsubscribe" -> RESOURCE;
			default -> called(method);
		};
	}

}
