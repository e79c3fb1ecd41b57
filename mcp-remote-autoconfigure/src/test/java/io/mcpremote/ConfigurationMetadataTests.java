// SPDX-License-Identifier: Apache-2.0

package io.mcpremote;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.tngtech.archunit.core.domain.JavaClass;
import io.mcpremote.test.MainClasses;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows of each property.
 */
class ConfigurationMetadataTests {

	private final Map<String, JsonNode> properties = new TreeMap<>();

	ConfigurationMetadataTests() {
		JsonNode metadata = JsonMapper.builder()
			.build()
			.readTree(MainClasses.resource("META-INF/spring-configuration-metadata.json"));
		metadata.get("properties")
			.forEach((property) -> this.properties.put(property.get("name").asString(), property));
	}

	@Test
	void propertiesThenUnderOneRoof() {
		assertThat(this.properties.keySet()).isNotEmpty()
			.allMatch((name) -> name.startsWith("mcp.remote.") || name.startsWith("management.endpoint.mcp"));
	}

	@Test
	void propertiesThenDescribed() {
		assertThat(this.properties).allSatisfy((name, property) -> {
			assertThat(property.has("description")).as("%s has a description", name).isTrue();
			assertThat(property.get("description").asString()).as("description of %s", name)
				.matches("(?s)[A-Z].*\\.")
				.doesNotMatch("(?s)(The|A|An) .*")
				.doesNotContain("\n", "{@", "<");
		});
	}

	@Test
	void propertiesWhenBooleanThenSayWhether() {
		assertThat(this.properties).allSatisfy((name, property) -> {
			if (property.get("type").asString().equals("java.lang.Boolean")) {
				assertThat(property.get("description").asString()).as("description of %s", name).startsWith("Whether ");
			}
		});
	}

	@Test
	void propertiesWhenListThenSayCommaSeparated() {
		assertThat(this.properties).allSatisfy((name, property) -> {
			String type = property.get("type").asString();
			boolean listed = type.startsWith("java.util.List") || type.startsWith("java.util.Set");
			if (listed && !type.contains("<io.mcpremote.")) {
				assertThat(property.get("description").asString()).as("description of %s", name)
					.startsWith("Comma-separated list ");
			}
		});
	}

	@Test
	void propertiesThenEveryComponent() throws ClassNotFoundException {
		List<String> expected = new ArrayList<>();
		for (JavaClass type : MainClasses.all()) {
			if (type.isAnnotatedWith(ConfigurationProperties.class)) {
				collect(type.getAnnotationOfType(ConfigurationProperties.class).value(), type.reflect(), expected);
			}
		}
		assertThat(expected).isNotEmpty();
		assertThat(this.properties.keySet()).containsAll(expected);
	}

	/**
	 * Return whether a record is written as one value.
	 */
	private static boolean isValue(Class<?> type) {
		return ReflectionUtils.findMethod(type, "of", String.class) != null;
	}

	private static void collect(String prefix, Class<?> type, List<String> names) {
		assertThat(type.isRecord()).as("%s is a record", type).isTrue();
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord() && !isValue(component.getType())) {
				collect(name, component.getType(), names);
			}
			else {
				names.add(name);
			}
		}
	}

}
