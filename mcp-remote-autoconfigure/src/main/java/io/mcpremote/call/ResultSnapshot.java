// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * A result of a tool as it was when it was given, whatever becomes of the objects that it
 * was made of.
 *
 * @param result the result, which cannot be changed
 * @param size about how many bytes it takes
 * @since 0.1.0
 */
public record ResultSnapshot(CallToolResult result, long size) {

	/**
	 * Makes snapshots.
	 */
	@FunctionalInterface
	public interface Maker {

		/**
		 * Make a snapshot.
		 * @param value the value of a {@link CallOutcome.Result}
		 * @return the snapshot, or {@code null} of what is no result of a tool, or none
		 * of which JSON can be made
		 */
		@Nullable ResultSnapshot of(Object value);

	}

}
