// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists come in pages and in order, and only with cursors of their own.
 */
class CatalogPageTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = CatalogServer.start("mcp.remote.list.page-size=2");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "tools/list, tools, name", "prompts/list, prompts, name", "resources/list, resources, uri",
			"resources/templates/list, resourceTemplates, uriTemplate" })
	void pageWhenFollowedThenAllInOrder(String method, String member, String key) {
		List<String> modern = keys(method, member, key, true);
		assertThat(modern).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(2);
		assertThat(keys(method, member, key, false)).isEqualTo(modern);
		JsonNode first = modernPage(method, null);
		assertThat(first.at("/result/" + member).size()).isEqualTo(2);
		assertThat(modernPage(method, "").at("/result/" + member)).isEqualTo(first.at("/result/" + member));
		assertThat(first.at("/result/nextCursor").asString()).doesNotContain(modern.get(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "!", "AAAA", "dG9vbHM", "\u00e9", "cHJvbXB0czphYQ", "-1", "999999", " " })
	void pageWhenCursorIsNoneOfOursThenInvalidParams(String cursor) {
		for (boolean modern : new boolean[] { true, false }) {
			JsonNode page = (modern) ? modernPage("tools/list", cursor) : legacyPage("tools/list", cursor);
			assertThat(page.at("/error/code").asInt()).as(page.toString()).isEqualTo(-32602);
		}
	}

	@Test
	void pageWhenCursorIsOfOtherListOrNoTextThenInvalidParams() {
		String cursor = modernPage("prompts/list", null).at("/result/nextCursor").asString();
		assertThat(modernPage("tools/list", cursor).at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(modernPage("resources/list", cursor).at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(modernPage("tools/list", 7).at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(modernPage("prompts/list", cursor).has("result")).isTrue();
	}

	private static List<String> keys(String method, String member, String key, boolean modern) {
		List<String> keys = new ArrayList<>();
		String cursor = null;
		do {
			JsonNode page = (modern) ? modernPage(method, cursor) : legacyPage(method, cursor);
			JsonNode entries = page.at("/result/" + member);
			assertThat(entries.size()).as(page.toString()).isBetween(1, 2);
			entries.forEach((entry) -> keys.add(entry.get(key).asString()));
			cursor = page.at("/result/nextCursor").asString(null);
		}
		while (cursor != null);
		return keys;
	}

	private static JsonNode modernPage(String method, @Nullable Object cursor) {
		ModernRequest request = ModernRequest.of(method);
		return RunningServer.json(server.modern((cursor != null) ? request.param("cursor", cursor) : request));
	}

	private static JsonNode legacyPage(String method, @Nullable Object cursor) {
		return RunningServer
			.json(server.post(LegacyClient.message(1, method, (cursor != null) ? Map.of("cursor", cursor) : Map.of())));
	}

}
