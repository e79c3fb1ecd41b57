// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import tools.jackson.databind.ObjectMapper;

/**
 * The input schemas of the tools, each compiled once. Only tools that the server knows
 * come here, but a server may go on adding tools under new names and removing them.
 */
final class InputSchemas {

	private static final int MAX_SCHEMAS = 10_000;

	private static final String PARAM_HEADER = "x-mcp-header";

	private final Map<String, InputSchema> byTool = new ConcurrentHashMap<>();

	private final ObjectMapper json;

	private final SchemaRegistry registry;

	InputSchemas(ObjectMapper json) {
		this.json = json;
		SchemaRegistryConfig config = SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
		// An extension of the protocol; an unknown keyword would be a warning in the log
		Dialect dialect = Dialect.builder(Dialects.getDraft202012())
			.keyword(new AnnotationKeyword(PARAM_HEADER))
			.build();
		this.registry = SchemaRegistry.withDefaultDialect(dialect,
				(registry) -> registry.schemaRegistryConfig(config).schemaCacheEnabled(false));
	}

	InputSchema of(Tool tool) {
		InputSchema known = this.byTool.get(tool.name());
		if (known != null && known.tool() == tool) {
			return known;
		}
		InputSchema compiled = InputSchema.compile(tool, this.registry, this.json);
		if (this.byTool.size() >= MAX_SCHEMAS) {
			this.byTool.clear();
		}
		this.byTool.put(tool.name(), compiled);
		return compiled;
	}

}
