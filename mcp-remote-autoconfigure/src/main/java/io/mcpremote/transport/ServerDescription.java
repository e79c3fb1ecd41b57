// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.Revision;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * What the server tells clients of itself.
 */
final class ServerDescription {

	private final InitializeResult described;

	private final ObjectMapper mapper;

	ServerDescription(InitializeResult described, ObjectMapper mapper) {
		this.described = described;
		this.mapper = mapper;
	}

	Implementation serverInfo() {
		return this.described.serverInfo();
	}

	ServerCapabilities capabilities() {
		return this.described.capabilities();
	}

	/**
	 * Return the answer to {@code initialize}.
	 * @param revision the negotiated revision
	 * @param subscriptions whether the client can subscribe to resources
	 */
	Map<String, Object> initialize(Revision revision, boolean subscriptions) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("protocolVersion", revision.text());
		result.put("capabilities", capabilities(subscriptions));
		result.put("serverInfo", this.described.serverInfo());
		putInstructions(result);
		return result;
	}

	/**
	 * Return the answer to {@code server/discover}.
	 */
	Map<String, Object> discover() {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("supportedVersions", List.copyOf(Revision.newestFirst()));
		result.put("capabilities", capabilities(true));
		putInstructions(result);
		return result;
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> capabilities(boolean subscriptions) {
		Map<String, Object> capabilities = this.mapper.convertValue(this.described.capabilities(), Map.class);
		@Nullable Object resources = capabilities.get("resources");
		if (resources instanceof Map<?, ?>) {
			((Map<String, Object>) resources).put("subscribe", subscriptions);
		}
		return capabilities;
	}

	private void putInstructions(Map<String, Object> result) {
		if (this.described.instructions() != null) {
			result.put("instructions", this.described.instructions());
		}
	}

}
