// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.List;
import java.util.Map;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The input schema of one tool.
 *
 * @param tool the tool
 * @param schema its schema, {@code null} if everything is allowed
 * @param json turns arguments into what schemas are compared with
 */
record InputSchema(Tool tool, @Nullable Schema schema, ObjectMapper json) {

	static InputSchema compile(Tool tool, SchemaRegistry registry, ObjectMapper json) {
		Map<String, Object> declared = tool.inputSchema();
		boolean open = declared == null || declared.isEmpty();
		return new InputSchema(tool, (open) ? null : registry.getSchema(json.<JsonNode>valueToTree(declared)), json);
	}

	List<Error> errors(Map<String, Object> arguments) {
		return (this.schema != null) ? this.schema.validate(this.json.valueToTree(arguments)) : List.of();
	}

}
