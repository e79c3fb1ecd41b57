// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The size of a result is known well enough before it is written.
 */
class ResultSizeTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	@ParameterizedTest
	@MethodSource
	void isOverThenAsWritten(Object result) {
		int written = JSON.writeValueAsBytes(result).length;
		assertThat(ResultSize.isOver((long) (written * 1.3) + 100, result, JSON)).isFalse();
		assertThat(ResultSize.isOver((long) (written * 0.7) - 100, result, JSON)).isTrue();
	}

	static Stream<Object> isOverThenAsWritten() {
		String prose = "It was the best of times, it was the worst of times. ".repeat(200);
		String quoted = "\"quoted\"\n".repeat(1000);
		Map<String, Object> row = new HashMap<>();
		row.put("identifier", 1234567890L);
		row.put("name", "somebody");
		row.put("price", new BigDecimal("12.3456789"));
		row.put("tags", List.of("one", "two", "three"));
		Map<String, Object> table = Map.of("rows", new ArrayList<>(Collections.nCopies(200, row)));
		return Stream
			.of(tool(prose), tool(quoted), tool("価格".repeat(3000)), tool("\uD83D\uDE00".repeat(3000)),
					tool("\u0001".repeat(3000)), new CallToolResult(List.of(), false, table, null),
					new CallToolResult(List.of(new ImageContent(null, "QUJD".repeat(5000), "image/png", null)), false,
							null, null),
					new CallToolResult(
							List.of(new EmbeddedResource(null,
									new BlobResourceContents("a:b", null, "QUJD".repeat(5000), null), null)),
							false, null, null),
					new ReadResourceResult(List.of(new TextResourceContents("a:b", "text/plain", prose, null)), null),
					new GetPromptResult("about",
							List.of(new PromptMessage(Role.USER, new TextContent(null, prose, null))), null),
					new CallToolResult(List.of(), false, Map.of("own", new Row(prose, 7)), null));
	}

	@Test
	void isOverWhenLimitIsReachedThenLooksNoFurther() {
		List<Object> rows = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			rows.add("x".repeat(100));
		}
		rows.add((Iterable<?>) () -> {
			throw new IllegalStateException("is not looked at");
		});
		assertThat(ResultSize.isOver(1000, new CallToolResult(List.of(), false, rows, null), JSON)).isTrue();
	}

	@Test
	void isOverWhenValueOfTheApplicationIsEndlessThenStops() {
		assertThat(ResultSize.isOver(10_000,
				new CallToolResult(List.of(), false, new Endless(() -> Stream.generate(() -> "row").iterator()), null),
				JSON))
			.isTrue();
	}

	@Test
	void isOverWhenTreeThenAsWritten() {
		Object tree = JSON.valueToTree(Map.of("rows", List.of("x".repeat(5000))));
		assertThat(ResultSize.isOver(4000, new CallToolResult(List.of(), false, tree, null), JSON)).isTrue();
		assertThat(ResultSize.isOver(6000, new CallToolResult(List.of(), false, tree, null), JSON)).isFalse();
	}

	@Test
	void isOverWhenPathThenMeasured() {
		Map<String, Object> content = Map.of("file", Path.of("/srv/reports/a.txt"));
		assertThat(ResultSize.isOver(1000, new CallToolResult(List.of(), false, content, null), JSON)).isFalse();
		assertThat(ResultSize.isOver(60, new CallToolResult(List.of(), false, content, null), JSON)).isTrue();
	}

	@Test
	void isOverWhenMembersAreNullThenNotMinded() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("a", null);
		assertThat(ResultSize.isOver(1000, new CallToolResult(List.of(), null, map, null), JSON)).isFalse();
	}

	private static CallToolResult tool(String text) {
		return new CallToolResult(List.of(new TextContent(null, text, null)), false, null, null);
	}

	record Row(String name, int count) {

	}

	record Endless(Iterable<String> rows) {

	}

}
