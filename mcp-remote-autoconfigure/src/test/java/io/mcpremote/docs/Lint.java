// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * Reads blocks as whoever copies them would.
 */
final class Lint {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final List<String> SCHEMAS = List.of("io/mcpremote/audit/ledger/schema-h2.sql",
			"io/mcpremote/security/api-key-schema.sql");

	private Lint() {
	}

	static List<String> problems(String language, String text) {
		try {
			switch (language) {
				case "json" -> JSON.readTree(text);
				case "yaml" -> new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach((document) -> {
				});
				case "xml" -> xml(text);
				case "sql" -> sql(text);
				default -> {
					return List.of("nobody can lint " + language + ": there are java, json, yaml, xml and sql");
				}
			}
			return List.of();
		}
		catch (Exception ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	private static void xml(String text) throws Exception {
		var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
		builder.setErrorHandler(new DefaultHandler());
		String document = (text.startsWith("<?xml")) ? text : "<fragment>" + text + "</fragment>";
		builder.parse(new InputSource(new StringReader(document)));
	}

	/**
	 * Have a database look at statements that has our tables and nothing in them.
	 */
	private static void sql(String text) throws Exception {
		try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
				Statement statement = connection.createStatement()) {
			for (String schema : SCHEMAS) {
				statement.execute(new ClassPathResource(schema).getContentAsString(StandardCharsets.UTF_8));
			}
			for (String each : text.split(";")) {
				if (!each.isBlank()) {
					connection.prepareStatement(each).close();
				}
			}
		}
	}

}
