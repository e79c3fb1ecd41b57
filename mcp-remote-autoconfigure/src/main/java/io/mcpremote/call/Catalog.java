// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.List;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Everything the server has at the moment, for whoever needs to know what is there.
 *
 * @since 0.1.0
 */
public interface Catalog extends ToolCatalog {

	/**
	 * Return the entry of a list that serves something.
	 * @param kind its kind
	 * @param name its name or URI
	 * @param context the call on whose behalf it is looked for
	 * @return the name itself, for a resource perhaps the template that stands for it, or
	 * {@code null} if there is nothing of that name
	 */
	@Nullable String entry(TargetKind kind, String name, CallContext context);

	/**
	 * Return the entry of a list that serves something, on behalf of no call. Does not
	 * wait.
	 * @param kind its kind
	 * @param name its name or URI
	 * @return as for a call
	 */
	@Nullable String entry(TargetKind kind, String name);

	/**
	 * Return all tools, on behalf of no call. Does not wait.
	 * @return the tools
	 */
	List<Tool> tools();

	/**
	 * Return what the server has of a kind.
	 * @param kind the kind
	 * @return names, URIs or URI templates
	 */
	List<String> names(TargetKind kind);

}
