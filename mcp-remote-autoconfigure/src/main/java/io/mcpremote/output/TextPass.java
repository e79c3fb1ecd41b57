// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.List;

import io.mcpremote.call.McpCall;
import io.mcpremote.output.McpRemoteOutputProperties.Handling;

/**
 * Takes the texts of one call's result through everything that has an opinion on them.
 */
final class TextPass {

	private final McpCall call;

	private final Handling handling;

	private final List<OutputFilter> filters;

	private boolean found;

	TextPass(McpCall call, Handling handling, List<OutputFilter> filters) {
		this.call = call;
		this.handling = handling;
		this.filters = filters;
	}

	String text(String text) {
		String passed = name(text);
		for (OutputFilter filter : this.filters) {
			passed = filter.filter(this.call, passed);
		}
		// A filter may have composed what it was to find
		return (this.filters.isEmpty()) ? passed : name(passed);
	}

	/**
	 * Look at the name of a member, which others rely on.
	 */
	String name(String name) {
		return switch (this.handling) {
			case KEEP -> name;
			case FLAG -> {
				this.found = this.found || InvisibleText.in(name);
				yield name;
			}
			case STRIP -> {
				String stripped = InvisibleText.strip(name);
				this.found = this.found || !stripped.equals(name);
				yield stripped;
			}
		};
	}

	/**
	 * Return whether there was anything invisible.
	 */
	boolean hasFound() {
		return this.found;
	}

}
