// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.function.Predicate;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Has something to say about tools where they are listed. What tools do, and how guards
 * see them, stays the same.
 *
 * @since 0.1.0
 */
public interface CatalogDecorator {

	/**
	 * Return what lists show of a tool. Asked once for each tool and not each time that
	 * it is listed.
	 * @param tool the tool
	 * @return the tool itself, or one of the same name that says more
	 */
	Tool decorated(Tool tool);

	/**
	 * Return which tools are to be listed at this moment, to whomever.
	 * @return tells by name what is listed, or {@code null} if all tools are
	 */
	@Nullable Predicate<String> listed();

}
