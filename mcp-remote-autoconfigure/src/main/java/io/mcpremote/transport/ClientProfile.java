// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.ClientInfo;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.Refusals;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities.Elicitation;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import org.jspecify.annotations.Nullable;

/**
 * What a client says it is and can do. Unverified.
 *
 * @param capabilities what it can do
 * @param info what it is
 */
record ClientProfile(ClientCapabilities capabilities, Implementation info) {

	private static final Implementation UNKNOWN = Implementation.builder("unknown", "unknown").build();

	private static final ClientCapabilities NONE = ClientCapabilities.builder().build();

	/**
	 * Nothing is known of the client.
	 */
	static final ClientProfile ANONYMOUS = new ClientProfile(NONE, UNKNOWN);

	static ClientProfile of(Map<String, Object> capabilities, @Nullable Map<String, Object> info) {
		return new ClientProfile(capabilities(capabilities), info(info));
	}

	/**
	 * Return of a client's capabilities what this server makes use of, so that a session
	 * keeps no more than that.
	 */
	static Map<String, Object> essential(Map<String, Object> declared) {
		Map<String, Object> essential = new TreeMap<>();
		if (declared.get("elicitation") instanceof Map<?, ?> modes) {
			Map<String, Object> known = new TreeMap<>();
			for (String mode : List.of("form", "url")) {
				if (modes.get(mode) != null) {
					known.put(mode, Map.of());
				}
			}
			essential.put("elicitation", known);
		}
		if (declared.get("sampling") instanceof Map<?, ?>) {
			essential.put("sampling", Map.of());
		}
		if (declared.get("roots") instanceof Map<?, ?> roots) {
			essential.put("roots", Map.of("listChanged", Boolean.TRUE.equals(roots.get("listChanged"))));
		}
		return essential;
	}

	/**
	 * Return of what a client says it is the parts that this server shows, cut short.
	 */
	static Map<String, Object> named(Map<String, Object> info) {
		Map<String, Object> named = new TreeMap<>();
		for (String part : List.of("name", "title", "version")) {
			if (info.get(part) instanceof String text) {
				named.put(part, Refusals.shown(text));
			}
		}
		return named;
	}

	/**
	 * Return what the client calls itself.
	 */
	ClientInfo claim() {
		return (this.info != UNKNOWN) ? new ClientInfo(this.info.name(), this.info.version()) : ClientInfo.UNKNOWN;
	}

	/**
	 * Check that the client can answer a question.
	 * @return why it cannot, or {@code null}
	 */
	@Nullable Refusal lacking(InputRequest request) {
		return switch (request.method()) {
			case "elicitation/create" -> lackingElicitation(request.params());
			case "sampling/createMessage" ->
				(this.capabilities.sampling() == null) ? Refusals.missingCapability("sampling", "") : null;
			case "roots/list" -> (this.capabilities.roots() == null) ? Refusals.missingCapability("roots", "") : null;
			default -> null;
		};
	}

	private @Nullable Refusal lackingElicitation(Object params) {
		Elicitation elicitation = this.capabilities.elicitation();
		boolean url = params instanceof ElicitUrlRequest;
		if (elicitation == null) {
			return Refusals.missingCapability("elicitation", (url) ? "url" : "");
		}
		if (url && elicitation.url() == null) {
			return Refusals.missingCapability("elicitation", "url");
		}
		// Without any mode, forms are meant
		if (!url && elicitation.form() == null && elicitation.url() != null) {
			return Refusals.missingCapability("elicitation", "form");
		}
		return null;
	}

	@SuppressWarnings("unchecked")
	private static ClientCapabilities capabilities(Map<String, Object> declared) {
		if (declared.isEmpty()) {
			return NONE;
		}
		Elicitation elicitation = null;
		if (declared.get("elicitation") instanceof Map<?, ?> modes) {
			elicitation = new Elicitation((modes.get("form") != null) ? new Elicitation.Form() : null,
					(modes.get("url") != null) ? new Elicitation.Url() : null);
		}
		ClientCapabilities.RootCapabilities roots = (declared.get("roots") instanceof Map<?, ?> map)
				? new ClientCapabilities.RootCapabilities(map.get("listChanged") == Boolean.TRUE) : null;
		ClientCapabilities.Sampling sampling = (declared.get("sampling") instanceof Map<?, ?>)
				? new ClientCapabilities.Sampling() : null;
		Map<String, Object> experimental = (declared.get("experimental") instanceof Map<?, ?> map)
				? (Map<String, Object>) map : null;
		Map<String, Map<String, Object>> extensions = (declared.get("extensions") instanceof Map<?, ?> map
				&& map.values().stream().allMatch(Map.class::isInstance)) ? (Map<String, Map<String, Object>>) map
						: null;
		return new ClientCapabilities(experimental, roots, sampling, elicitation, extensions);
	}

	private static Implementation info(@Nullable Map<String, Object> info) {
		// The SDK insists on text, the protocol only on strings
		if (info != null && info.get("name") instanceof String name && !name.isBlank()
				&& info.get("version") instanceof String version && !version.isBlank()) {
			return Implementation.builder(name, version)
				.title((info.get("title") instanceof String title) ? title : null)
				.build();
		}
		return UNKNOWN;
	}

}
