// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;

import io.mcpremote.policy.UriPattern;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the template that stands for a URI: the one that the SDK would take.
 */
final class TemplateIndex {

	private volatile Known known = new Known(List.of(), List.of());

	/**
	 * Find a template.
	 * @param templates the templates as they come from the server, the same list as long
	 * as nothing has changed
	 * @param uri the URI
	 */
	@Nullable String find(List<?> templates, String uri) {
		Known current = this.known;
		if (current.templates() != templates) {
			current = Known.of(templates);
			this.known = current;
		}
		for (UriPattern pattern : current.patterns()) {
			if (pattern.matches(uri)) {
				return pattern.toString();
			}
		}
		return null;
	}

	private record Known(List<?> templates, List<UriPattern> patterns) {

		static Known of(List<?> templates) {
			return new Known(templates,
					templates.stream()
						.map((template) -> UriPattern.ofTemplate(((ResourceTemplate) template).uriTemplate()))
						.toList());
		}

	}

}
