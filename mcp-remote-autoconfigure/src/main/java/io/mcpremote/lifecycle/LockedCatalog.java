// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tools of one version, as they stand in a lock file: the same tools are the same
 * text, wherever it is written.
 *
 * @param version the version
 * @param tools the tools by name, of JSON types only
 */
record LockedCatalog(String version, Map<String, Map<String, Object>> tools) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static LockedCatalog of(String version, Collection<Tool> tools) {
		Map<String, Object> all = new TreeMap<>();
		for (Tool tool : tools) {
			Map<String, @Nullable Object> locked = new TreeMap<>();
			locked.put("title", tool.title());
			locked.put("description", tool.description());
			locked.put("inputSchema", tool.inputSchema());
			locked.put("outputSchema", tool.outputSchema());
			locked.put("annotations", tool.annotations());
			locked.values().removeIf(Objects::isNull);
			all.put(tool.name(), locked);
		}
		// There and back, so that the same is equal wherever it comes from
		return parse(JSON.writeValueAsString(Map.of("version", version, "tools", all)));
	}

	/**
	 * Read a file.
	 * @throws AssertionError if it is not a lock file
	 */
	static LockedCatalog read(Path file) {
		try {
			return parse(Files.readString(file));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new AssertionError(file.toAbsolutePath() + " is no list of tools that can be compared."
					+ " Take the file from the last release again.", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + file.toAbsolutePath(), ex);
		}
	}

	String json() {
		DefaultIndenter lines = new DefaultIndenter("  ", "\n");
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
		return JSON.writer()
			.with(printer)
			.writeValueAsString(sorted(Map.of("version", this.version, "tools", this.tools))) + "\n";
	}

	@SuppressWarnings({ "NullAway", "unchecked" }) // Something sorted is still there
	private static LockedCatalog parse(String json) {
		Object all = JSON.readValue(json, Object.class);
		if (!(all instanceof Map<?, ?> map) || !(map.get("version") instanceof String version)
				|| !(map.get("tools") instanceof Map<?, ?> tools)
				|| !tools.values().stream().allMatch(Map.class::isInstance)) {
			throw new IllegalArgumentException("There are no version and tools");
		}
		return new LockedCatalog(version, (Map<String, Map<String, Object>>) sorted(tools));
	}

	private static @Nullable Object sorted(@Nullable Object json) {
		if (json instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> sorted = new TreeMap<>();
			map.forEach((key, value) -> sorted.put(String.valueOf(key), sorted(value)));
			return sorted;
		}
		if (json instanceof List<?> list) {
			List<@Nullable Object> sorted = new ArrayList<>();
			list.forEach((value) -> sorted.add(sorted(value)));
			return sorted;
		}
		return json;
	}

}
