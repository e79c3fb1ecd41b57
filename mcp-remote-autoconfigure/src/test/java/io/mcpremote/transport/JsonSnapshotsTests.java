// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.ResultSnapshot;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A snapshot says what the result said, and goes on to.
 */
class JsonSnapshotsTests {

	private final ObjectMapper mapper = TransportJson.of(JsonMapper.builder().build()).mapper();

	private final JsonSnapshots snapshots = new JsonSnapshots(this.mapper);

	@Test
	void ofThenSameJson() {
		Map<String, Object> structured = new HashMap<>();
		structured.put("none", null);
		structured.put("price", new BigDecimal("12345678901234567890.10"));
		structured.put("list", List.of(1, "two", Map.of("three", 3.5)));
		CallToolResult result = CallToolResult.builder()
			.addTextContent("text \u00e4\u20ac")
			.addContent(ImageContent.builder(Base64.getEncoder().encodeToString(new byte[64]), "image/png").build())
			.structuredContent(structured)
			.isError(false)
			.meta(Map.of("com.example/page", 1))
			.build();
		ResultSnapshot snapshot = this.snapshots.of(result);
		assertThat(snapshot).isNotNull();
		assertThat(this.mapper.writeValueAsString(snapshot.result())).contains("12345678901234567890.10")
			.contains("\"none\":null");
		assertThat(this.mapper.readTree(this.mapper.writeValueAsBytes(snapshot.result())))
			.isEqualTo(this.mapper.readTree(this.mapper.writeValueAsBytes(result)));
	}

	@Test
	@SuppressWarnings("unchecked")
	void ofWhenOriginalChangesThenSnapshotDoesNotAndCannot() {
		List<Object> items = new ArrayList<>(List.of("one"));
		CallToolResult result = CallToolResult.builder()
			.addTextContent("text")
			.structuredContent(Map.of("items", items))
			.build();
		ResultSnapshot snapshot = this.snapshots.of(result);
		items.add("two");
		Map<String, Object> structured = (Map<String, Object>) snapshot.result().structuredContent();
		assertThat(structured).isEqualTo(Map.of("items", List.of("one")));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> structured.put("x", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ((List<Object>) structured.get("items")).add("x"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> snapshot.result().content().clear());
	}

	@Test
	void ofWhenLargeThenSizeSaysSo() {
		ResultSnapshot snapshot = this.snapshots
			.of(CallToolResult.builder().addTextContent("x".repeat(100_000)).build());
		assertThat(snapshot.size()).isBetween(100_000L, 250_000L);
	}

	@Test
	void ofWhenNoResultOfToolOrNoJsonThenNone() {
		assertThat(this.snapshots.of("text")).isNull();
		assertThat(this.snapshots.of(CallToolResult.builder()
			.addTextContent("text")
			.structuredContent(Map.of("unwritable", new Unwritable()))
			.build())).isNull();
	}

	public static final class Unwritable {

		public String getValue() {
			throw new IllegalStateException("Not now");
		}

	}

}
