// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of what tools, prompts and resources may give back.
 *
 * @param enabled Whether results are bounded and filtered.
 * @param maxSize Size of the largest result as it is sent.
 * @param invisibleCharacters What becomes of characters in results that people do not see
 * and models do.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.output")
public record McpRemoteOutputProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1MB") DataSize maxSize,
		@DefaultValue("strip") Handling invisibleCharacters) {

	/**
	 * What becomes of characters that nobody sees.
	 */
	public enum Handling {

		/**
		 * They are taken out.
		 */
		STRIP,

		/**
		 * They stay, and the result says so.
		 */
		FLAG,

		/**
		 * They stay.
		 */
		KEEP

	}

}
