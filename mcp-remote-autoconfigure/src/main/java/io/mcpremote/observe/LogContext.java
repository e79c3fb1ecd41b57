// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Arrays;
import java.util.Collection;

import io.mcpremote.call.McpCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What log lines of the current thread say of a call. The values of one call go together,
 * in the order of their keys.
 */
final class LogContext {

	private final LogKey[] keys;

	private final int tool;

	private final ToolNames tools;

	/**
	 * Create an instance.
	 * @param keys what is said
	 * @param tools tells names of tools from what clients make up
	 */
	LogContext(Collection<LogKey> keys, ToolNames tools) {
		this.keys = keys.stream().distinct().sorted().toArray(LogKey[]::new);
		this.tool = Arrays.asList(this.keys).indexOf(LogKey.TOOL);
		this.tools = tools;
	}

	/**
	 * Return what is to be said of a call.
	 */
	@Nullable String[] of(McpCall call) {
		@Nullable String[] values = new @Nullable String[this.keys.length];
		for (int i = 0; i < values.length; i++) {
			String value = this.keys[i].of(call);
			values[i] = (value != null) ? LogText.clean(value) : null;
		}
		return values;
	}

	/**
	 * Return what is to be said of a call of which nobody has looked yet whether there is
	 * such a tool.
	 */
	@Nullable String[] ofUnresolved(McpCall call) {
		@Nullable String[] values = of(call);
		if (this.tool >= 0 && values[this.tool] != null && !this.tools.isTool(call.target())) {
			values[this.tool] = KnownTargets.UNKNOWN;
		}
		return values;
	}

	/**
	 * Return what is said at present.
	 */
	@Nullable String[] current() {
		@Nullable String[] values = new @Nullable String[this.keys.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = MDC.get(this.keys[i].key());
		}
		return values;
	}

	/**
	 * Have something said from now on.
	 */
	void set(@Nullable String[] values) {
		for (int i = 0; i < values.length; i++) {
			String value = values[i];
			if (value != null) {
				MDC.put(this.keys[i].key(), value);
			}
			else {
				MDC.remove(this.keys[i].key());
			}
		}
	}

	/**
	 * Have nothing said.
	 */
	void clear() {
		Arrays.stream(this.keys).forEach((key) -> MDC.remove(key.key()));
	}

}
