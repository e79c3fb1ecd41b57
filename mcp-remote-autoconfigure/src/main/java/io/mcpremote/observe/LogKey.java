// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.call.McpCall;
import org.jspecify.annotations.Nullable;

/**
 * What log lines can say of the call they belong to.
 *
 * @since 0.1.0
 */
public enum LogKey {

	/**
	 * The id of the call, as {@code mcpCallId}.
	 */
	CALL_ID("mcpCallId") {

		@Override
		String of(McpCall call) {
			return call.id();
		}

	},

	/**
	 * The method of the protocol, as {@code mcpMethod}.
	 */
	METHOD("mcpMethod") {

		@Override
		String of(McpCall call) {
			return KnownTargets.method(call.method());
		}

	},

	/**
	 * The tool, as {@code mcpTool}.
	 */
	TOOL("mcpTool") {

		@Override
		@Nullable String of(McpCall call) {
			return ("tools/call".equals(call.method())) ? call.target() : null;
		}

	},

	/**
	 * The subject of the caller's token, as {@code mcpSubject}.
	 */
	SUBJECT("mcpSubject") {

		@Override
		@Nullable String of(McpCall call) {
			return call.caller().subject();
		}

	};

	private final String key;

	LogKey(String key) {
		this.key = key;
	}

	/**
	 * Return the key under which log lines have it.
	 */
	String key() {
		return this.key;
	}

	abstract @Nullable String of(McpCall call);

}
