// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Writes a key as it is configured.
 *
 * @param key the key
 */
record ApiKeyYaml(ApiKey key) {

	String text() {
		StringBuilder text = new StringBuilder("""

				mcp:
				  remote:
				    security:
				      api-key:
				        keys:
				          - id: %s
				            digest: %s
				            owner: %s
				""".formatted(quoted(this.key.id()), quoted(this.key.digest()), quoted(this.key.owner())));
		line(text, "scopes", list(this.key.scopes()));
		line(text, "roles", list(this.key.roles()));
		line(text, "expires", (this.key.expires() != null) ? quoted(this.key.expires().toString()) : "");
		return text.toString();
	}

	private static void line(StringBuilder text, String name, String value) {
		if (!value.isEmpty()) {
			text.append("            ").append(name).append(": ").append(value).append('\n');
		}
	}

	private static String list(Collection<String> values) {
		return (values.isEmpty()) ? ""
				: values.stream().map(ApiKeyYaml::quoted).collect(Collectors.joining(", ", "[", "]"));
	}

	/**
	 * Always in quotes: a digest can look like a number.
	 */
	private static String quoted(String value) {
		return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
