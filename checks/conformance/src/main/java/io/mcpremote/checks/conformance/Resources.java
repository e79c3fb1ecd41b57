// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.stereotype.Component;

/**
 * Resources of each kind.
 */
@Component
class Resources {

	@McpResource(uri = "test://static-text", name = "Static text", description = "A line of text",
			mimeType = "text/plain")
	String text() {
		return "This is the content of the static text resource.";
	}

	@McpResource(uri = "test://static-binary", name = "Static image", description = "A picture of a single pixel",
			mimeType = "image/png")
	String image() {
		return Media.PNG;
	}

	@McpResource(uri = "test://watched-resource", name = "Watched text", description = "A line of text to subscribe to",
			mimeType = "text/plain")
	String watched() {
		return "Watched resource content";
	}

	@McpResource(uri = "test://template/{id}/data", name = "Data by id", description = "What is known about an id",
			mimeType = "application/json")
	String data(String id) {
		return "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}".formatted(id);
	}

}
