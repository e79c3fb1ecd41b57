// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Decides what lists show and streams tell. Asked on the thread that serves the call.
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
	 * Return what a caller that listens may read, now and later.
	 * @param call the call with which it begins to listen
	 * @return tells by URI what the caller may read at the moment; asked on the threads
	 * that tell of updates
	 */
	Predicate<String> readable(McpCall call);

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
