// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import io.mcpremote.call.McpCall;

/**
 * Looks at every text that a tool, prompt or resource gives back, before anybody else
 * does. Beans of this type are asked in the order of {@code @Order}, concurrently, on the
 * threads that serve calls.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutputFilter {

	/**
	 * Return what is sent in the place of a text. Of structured content these are its
	 * strings one by one, without the names of its members.
	 * @param call the call
	 * @param text the text, free of invisible characters if they are stripped
	 * @return the same text, or another one
	 * @throws RuntimeException to answer with a failure instead, such as a
	 * {@link io.mcpremote.call.ToolException} that says why
	 */
	String filter(McpCall call, String text);

}
