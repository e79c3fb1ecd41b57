// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes what most tools answer most of the time, text and nothing else. A mapper would
 * write the same, but needs buffers for each call and keeps as many as there ever were
 * calls at once.
 */
final class TextResult {

	private static final byte[] HEAD = ascii("{\"content\":[");

	private static final byte[] TEXT = ascii("{\"type\":\"text\",\"text\":\"");

	private static final byte[] TEXT_END = ascii("\"}");

	private static final byte[] SUCCESS = ascii("],\"isError\":false}");

	private static final byte[] ERROR = ascii("],\"isError\":true}");

	private static final byte[] UNSAID = ascii("]}");

	private TextResult() {
	}

	/**
	 * Serialise a result.
	 * @return the result as JSON, or {@code null} if it takes a mapper
	 */
	static byte @Nullable [] json(CallToolResult result) {
		if (result.structuredContent() != null || result.meta() != null) {
			return null;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream(512);
		out.writeBytes(HEAD);
		boolean first = true;
		for (Content content : result.content()) {
			byte[] text = quoted(content);
			if (text == null) {
				return null;
			}
			if (!first) {
				out.write(',');
			}
			first = false;
			out.writeBytes(TEXT);
			out.writeBytes(text);
			out.writeBytes(TEXT_END);
		}
		out.writeBytes(end(result.isError()));
		return out.toByteArray();
	}

	private static byte @Nullable [] quoted(Content content) {
		if (!(content instanceof TextContent text) || text.annotations() != null || text.meta() != null
				|| text.text() == null) {
			return null;
		}
		try {
			return JsonStringEncoder.getInstance().quoteAsUTF8(text.text());
		}
		catch (IllegalArgumentException ex) {
			// Half a character, which the mapper knows how to escape
			return null;
		}
	}

	private static byte[] end(@Nullable Boolean error) {
		if (error == null) {
			return UNSAID;
		}
		return (error) ? ERROR : SUCCESS;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
