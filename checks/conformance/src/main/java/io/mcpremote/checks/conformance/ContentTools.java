// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.stereotype.Component;

/**
 * Tools that return each kind of content.
 */
@Component
class ContentTools {

	@McpTool(name = "test_simple_text", description = "Returns a line of text")
	String text() {
		return "This is a simple text response for testing.";
	}

	@McpTool(name = "test_image_content", description = "Returns an image")
	CallToolResult image() {
		return CallToolResult.builder().addContent(png()).build();
	}

	@McpTool(name = "test_audio_content", description = "Returns a sound")
	CallToolResult audio() {
		return CallToolResult.builder().addContent(AudioContent.builder(Media.WAV, "audio/wav").build()).build();
	}

	@McpTool(name = "test_embedded_resource", description = "Returns a resource within the result")
	CallToolResult resource() {
		return CallToolResult.builder()
			.addContent(resource("test://embedded-resource", "text/plain", "This is an embedded resource content."))
			.build();
	}

	@McpTool(name = "test_multiple_content_types", description = "Returns text, an image and a resource")
	CallToolResult mixture() {
		return CallToolResult.builder()
			.addTextContent("Multiple content types test:")
			.addContent(png())
			.addContent(
					resource("test://mixed-content-resource", "application/json", "{\"test\":\"data\",\"value\":123}"))
			.build();
	}

	private static ImageContent png() {
		return ImageContent.builder(Media.PNG, "image/png").build();
	}

	private static EmbeddedResource resource(String uri, String mimeType, String text) {
		return EmbeddedResource.builder(TextResourceContents.builder(uri, text).mimeType(mimeType).build()).build();
	}

}
