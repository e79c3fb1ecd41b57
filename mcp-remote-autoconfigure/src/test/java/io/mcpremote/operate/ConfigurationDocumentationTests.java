// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on configuration says of every property what the metadata says.
 */
class ConfigurationDocumentationTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	private static final Pattern ROW = Pattern
		.compile("^\\| `(mcp\\.remote\\.[a-z.-]+)` \\|\\s*(?:`([^`]*)`|[^|]*?)\\s*\\|.*");

	@Test
	void pageWhenComparedWithMetadataThenSameProperties() throws IOException {
		assertThat(documented().keySet()).containsExactlyElementsOf(defaults().keySet());
	}

	@Test
	void pageWhenComparedWithMetadataThenSameDefaults() throws IOException {
		Map<String, String> documented = documented();
		List<String> different = new ArrayList<>();
		defaults().forEach((name, value) -> {
			if (!value.isEmpty() && !value.equals(documented.get(name))) {
				different.add(name + ": " + documented.get(name) + " is " + value);
			}
		});
		assertThat(different).isEmpty();
	}

	private static Map<String, String> documented() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		for (String line : Files.readAllLines(PAGE)) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				rows.put(row.group(1), String.valueOf(row.group(2)));
			}
		}
		return rows;
	}

	private static Map<String, String> defaults() throws IOException {
		Map<String, String> properties = new TreeMap<>();
		try (InputStream metadata = ConfigurationDocumentationTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(metadata).isNotNull();
			for (JsonNode property : JsonMapper.builder().build().readTree(metadata).get("properties")) {
				if (!property.get("name").asString().startsWith("mcp.remote.")) {
					// Spring Boot's own of an endpoint
					continue;
				}
				JsonNode value = property.get("defaultValue");
				properties.put(property.get("name").asString(),
						(value == null || value.isArray() || value.isNull()) ? "" : value.asString());
			}
		}
		return properties;
	}

}
