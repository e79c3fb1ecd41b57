// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * The tools that the server has at the moment, for guards that need to know more of a
 * tool than its name.
 *
 * @since 0.1.0
 */
public interface ToolCatalog {

	/**
	 * Find a tool.
	 * @param name its name
	 * @param context the call on whose behalf it is looked for
	 * @return the tool, the same object until it is replaced, or {@code null}
	 */
	@Nullable Tool find(String name, CallContext context);

}
