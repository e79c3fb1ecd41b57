// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Decides what lists show. Asked on the thread that serves the list.
 *
 * @since 0.1.0
 */
public interface CatalogFilter {

	/**
	 * Return what a list shows.
	 * @param kind the kind of the list
	 * @param call the call that asks for it
	 * @return tells by name or URI what is shown, or {@code null} for a list that shows
	 * everything
	 */
	@Nullable Predicate<String> shown(TargetKind kind, McpCall call);

	/**
	 * Return whether something is shown to everybody, with or without a token.
	 * @param kind its kind
	 * @param name its name or URI
	 * @return whether it is the same for all callers
	 */
	boolean isPublic(TargetKind kind, String name);

	/**
	 * Return whether there is anything at all for callers without a token, such as a
	 * description of the server.
	 * @return whether such callers are served
	 */
	boolean isAnythingPublic();

}
