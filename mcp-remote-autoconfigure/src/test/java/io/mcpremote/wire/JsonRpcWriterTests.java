// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.modelcontextprotocol.spec.McpSchema.Annotations;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages are JSON-RPC whatever their id and content.
 */
class JsonRpcWriterTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JsonRpcWriter writer = new JsonRpcWriter(JSON);

	@ParameterizedTest
	@MethodSource("ids")
	void resultThenIdAsItCame(Object id, String json) {
		byte[] message = this.writer.result(id, utf8("{\"ok\":true}"));
		assertThat(JSON.readTree(message).get("id")).isEqualTo(JSON.readTree(json));
		assertThat(JSON.readTree(message).at("/result/ok").asBoolean()).isTrue();
		assertThat(text(message)).startsWith("{\"jsonrpc\":\"2.0\",\"id\":");
	}

	@ParameterizedTest
	@MethodSource("ids")
	void errorThenIdAsItCame(Object id, String json) {
		JsonNode message = JSON.readTree(this.writer.error(id, -1, "No", null));
		assertThat(message.get("id")).isEqualTo(JSON.readTree(json));
		assertThat(message.at("/error/code").asInt()).isEqualTo(-1);
	}

	static Stream<Arguments> ids() {
		return Stream.of(Arguments.of("plain", "\"plain\""), Arguments.of("", "\"\""),
				Arguments.of("a\"b\\c", "\"a\\\"b\\\\c\""), Arguments.of("line\nbreak", "\"line\\nbreak\""),
				Arguments.of("\u00fcn\u00efc\u00f6de \ud83d\ude00", "\"\u00fcn\u00efc\u00f6de \ud83d\ude00\""),
				Arguments.of("\ud800", "\"\\ud800\""), Arguments.of(0, "0"), Arguments.of(-7, "-7"),
				Arguments.of(Long.MAX_VALUE, "9223372036854775807"),
				Arguments.of(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"));
	}

	@Test
	void resultThenResultIsCopied() {
		assertThat(text(this.writer.result(1, utf8("{ \"as\" : \"it is\" }"))))
			.isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{ \"as\" : \"it is\" }}");
	}

	@Test
	void errorWhenNoIdThenNone() {
		assertThat(text(this.writer.error(null, -32700, "No JSON", null)))
			.isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"No JSON\"}}");
	}

	@Test
	void errorWhenDataThenData() {
		assertThat(JSON.readTree(this.writer.error(1, 1429, "Slow down", Map.of("retryAfter", 3)))
			.at("/error/data/retryAfter")
			.asInt()).isEqualTo(3);
	}

	@Test
	void notificationThenNoId() {
		assertThat(text(this.writer.notification("notifications/tools/list_changed", null)))
			.isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
	}

	@Test
	void requestThenIdAndParams() {
		assertThat(text(this.writer.request("r-1", "roots/list", Map.of())))
			.isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"r-1\",\"method\":\"roots/list\",\"params\":{}}");
	}

	@Test
	void jsonWhenSerialisedBeforeThenSameBytes() {
		byte[] bytes = utf8("{}");
		assertThat(this.writer.json(new RawJson(bytes))).isSameAs(bytes);
	}

	@ParameterizedTest
	@MethodSource("results")
	void jsonWhenResultOfToolThenAsTheMapperWritesIt(CallToolResult result) {
		assertThat(text(this.writer.json(result))).isEqualTo(text(JSON.writeValueAsBytes(result)));
	}

	static Stream<CallToolResult> results() {
		TextContent annotated = TextContent.builder("a")
			.annotations(Annotations.builder().priority(0.5).build())
			.build();
		TextContent described = TextContent.builder("a").meta(Map.of("b", 1)).build();
		Stream<CallToolResult> texts = Stream
			.of("", "plain", "\"quoted\" \\ / \b\f\n\r\t\u0000\u001f\u007f", "\u00fc\u0800\u2028\uffff", "\ud83d\ude00",
					"half \ud83d", "half \ude00 of one", "x".repeat(100_000))
			.map((text) -> result().addTextContent(text).isError(false).build());
		return Stream.concat(texts, Stream.of(result().content(List.of()).isError(false).build(),
				result().addTextContent("a").addTextContent("b").isError(true).build(),
				new CallToolResult(List.of(TextContent.builder("a").build()), null, null, null),
				result().addTextContent("a").structuredContent(Map.of("b", 1)).build(),
				result().addTextContent("a").meta(Map.of("b", 1)).build(), result().addContent(annotated).build(),
				result().addContent(described).build(),
				result().addTextContent("a").addContent(ImageContent.builder("AA==", "image/png").build()).build()));
	}

	private static CallToolResult.Builder result() {
		return CallToolResult.builder();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
