// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Refusals;
import io.mcpremote.notify.ServerEvent;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/**
 * What a listening client wants to hear of, as far as the server has it to tell.
 *
 * @param tools whether it wants to hear of changes to the list of tools
 * @param prompts whether it wants to hear of changes to the list of prompts
 * @param resources whether it wants to hear of changes to the list of resources
 * @param uris the resources whose updates it wants to hear of
 */
record ListenFilter(boolean tools, boolean prompts, boolean resources, Set<String> uris) {

	static final int MAX_URI_LENGTH = 2048;

	private static final int MAX_URIS = 100;

	static ListenFilter of(Map<String, Object> params, ServerCapabilities offered) {
		if (!(params.get("notifications") instanceof Map<?, ?> wanted)) {
			throw new CallSignal(Refusals.invalidParams("notifications must say what to listen to"));
		}
		boolean toolsOffered = offered.tools() != null && Boolean.TRUE.equals(offered.tools().listChanged());
		boolean promptsOffered = offered.prompts() != null && Boolean.TRUE.equals(offered.prompts().listChanged());
		boolean resourcesOffered = offered.resources() != null
				&& Boolean.TRUE.equals(offered.resources().listChanged());
		return new ListenFilter(toolsOffered && flag(wanted, "toolsListChanged"),
				promptsOffered && flag(wanted, "promptsListChanged"),
				resourcesOffered && flag(wanted, "resourcesListChanged"),
				(offered.resources() != null) ? uris(wanted) : Set.of());
	}

	boolean wants(ServerEvent event) {
		return switch (event.kind()) {
			case TOOLS_CHANGED -> this.tools;
			case PROMPTS_CHANGED -> this.prompts;
			case RESOURCES_CHANGED -> this.resources;
			case RESOURCE_UPDATED -> event.uri() != null && this.uris.contains(event.uri());
		};
	}

	/**
	 * Return the filter in the form in which it is acknowledged.
	 */
	Map<String, Object> acknowledged() {
		Map<String, Object> honoured = new LinkedHashMap<>();
		if (this.tools) {
			honoured.put("toolsListChanged", true);
		}
		if (this.prompts) {
			honoured.put("promptsListChanged", true);
		}
		if (this.resources) {
			honoured.put("resourcesListChanged", true);
		}
		if (!this.uris.isEmpty()) {
			honoured.put("resourceSubscriptions", List.copyOf(this.uris));
		}
		return honoured;
	}

	private static boolean flag(Map<?, ?> wanted, String name) {
		Object value = wanted.get(name);
		if (value != null && !(value instanceof Boolean)) {
			throw new CallSignal(Refusals.invalidParams(name + " must be true or false"));
		}
		return Boolean.TRUE.equals(value);
	}

	private static Set<String> uris(Map<?, ?> wanted) {
		Object value = wanted.get("resourceSubscriptions");
		if (value == null) {
			return Set.of();
		}
		if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
			throw new CallSignal(Refusals.invalidParams("resourceSubscriptions must be a list of URIs"));
		}
		if (list.size() > MAX_URIS) {
			throw new CallSignal(Refusals.invalidParams(
					"resourceSubscriptions has " + list.size() + " URIs; up to " + MAX_URIS + " are allowed"));
		}
		Set<String> uris = new LinkedHashSet<>();
		list.forEach((uri) -> uris.add((String) uri));
		if (uris.stream().anyMatch((uri) -> uri.length() > MAX_URI_LENGTH)) {
			throw new CallSignal(Refusals.invalidParams("a URI is longer than " + MAX_URI_LENGTH + " characters"));
		}
		return uris;
	}

}
