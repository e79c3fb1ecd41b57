// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.CallSignal;
import io.mcpremote.test.RunningServer;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Cursors stay valid whatever comes and goes, and entries are written once.
 */
class ListCatalogTests {

	@Test
	void pageWhenEntriesComeAndGoThenCursorStaysValid() {
		List<String> all = List.of("p1", "p2", "p3", "p4", "p5");
		JsonRpcWriter json = new JsonRpcWriter(JsonMapper.builder().build());
		ListCatalog catalog = new ListCatalog(ListKind.TOOLS, json, 2);
		List<Tool> tools = new ArrayList<>(all.stream().map((name) -> CatalogServer.tool(name).tool()).toList());
		String cursor = cursor(catalog, tools, null);
		// The entry the cursor stands on goes, and others come before and after it
		tools.remove(1);
		tools.add(CatalogServer.tool("p0").tool());
		tools.add(CatalogServer.tool("p25").tool());
		assertThat(page(catalog, tools, cursor)).containsExactly("p25", "p3");
		tools.removeIf((tool) -> tool.name().compareTo("p2") > 0);
		assertThat(page(catalog, tools, cursor)).isEmpty();
	}

	@Test
	void entryWhenListedAgainThenSerialisedOnce() {
		ListCatalog catalog = new ListCatalog(ListKind.TOOLS, new JsonRpcWriter(JsonMapper.builder().build()), 10);
		Tool one = CatalogServer.tool("one").tool();
		Tool two = CatalogServer.tool("two").tool();
		ListCatalog.Entry first = catalog.refresh(List.of(one)).byKey().get("one");
		for (int i = 0; i < 10; i++) {
			assertThat(catalog.refresh(List.of(two, one)).byKey().get("one").json().get()).isSameAs(first.json().get());
			assertThat(catalog.refresh(List.of(one, two)).byKey().get("one").json().get()).isSameAs(first.json().get());
			catalog.page(List.of(one, two), null, null);
		}
		ListCatalog.Entry other = catalog.refresh(List.of(CatalogServer.tool("one").tool())).byKey().get("one");
		assertThat(other.json().get()).isNotSameAs(first.json().get()).isEqualTo(first.json().get());
	}

	@Test
	void pageWhenCursorIsForgedThenRefused() {
		ListCatalog catalog = new ListCatalog(ListKind.TOOLS, new JsonRpcWriter(JsonMapper.builder().build()), 1);
		List<Tool> tools = List.of(CatalogServer.tool("a").tool(), CatalogServer.tool("b").tool());
		assertThatExceptionOfType(CallSignal.class).isThrownBy(() -> catalog.page(tools, "bm90aGluZw", null));
		assertThat(page(catalog, tools, cursor(catalog, tools, null))).containsExactly("b");
	}

	private static List<String> page(ListCatalog catalog, List<Tool> tools, @Nullable String cursor) {
		List<String> names = new ArrayList<>();
		RunningServer.json(new String(catalog.page(tools, cursor, null).bytes()))
			.get("tools")
			.forEach((tool) -> names.add(tool.get("name").asString()));
		return names;
	}

	private static String cursor(ListCatalog catalog, List<Tool> tools, @Nullable String cursor) {
		return RunningServer.json(new String(catalog.page(tools, cursor, null).bytes())).get("nextCursor").asString();
	}

}
