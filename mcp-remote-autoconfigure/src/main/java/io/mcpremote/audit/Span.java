// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Where in a text a secret is.
 *
 * @param from where it begins
 * @param to where it ends
 */
record Span(int from, int to) {

	/**
	 * Return a span, unless there is nothing in it.
	 */
	static @Nullable Span of(int from, int to) {
		return (to > from) ? new Span(from, to) : null;
	}

}
