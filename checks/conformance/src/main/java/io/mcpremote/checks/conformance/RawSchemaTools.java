// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import java.util.List;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tools whose schemas no method signature can express.
 */
@Configuration(proxyBeanMethods = false)
class RawSchemaTools {

	private static final String JSON_SCHEMA_2020_12 = """
			{
			  "$schema": "https://json-schema.org/draft/2020-12/schema",
			  "type": "object",
			  "$defs": {
			    "address": {
			      "$anchor": "addressDef",
			      "type": "object",
			      "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
			    }
			  },
			  "properties": {
			    "name": { "type": "string" },
			    "address": { "$ref": "#/$defs/address" },
			    "contactMethod": { "type": "string", "enum": ["phone", "email"] },
			    "phone": { "type": "string" },
			    "email": { "type": "string" }
			  },
			  "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
			  "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
			  "then": { "required": ["phone"] },
			  "else": { "required": ["email"] },
			  "additionalProperties": false
			}
			""";

	private static final String HEADER = """
			{
			  "type": "object",
			  "properties": {
			    "region": { "type": "string", "description": "Any text", "x-mcp-header": "Region" },
			    "level": { "type": "integer", "description": "Any number" }
			  },
			  "required": ["region"]
			}
			""";

	@Bean
	List<SyncToolSpecification> rawSchemaToolSpecifications() {
		return List.of(
				tool("json_schema_2020_12_tool", "Takes arguments described with most of JSON Schema 2020-12",
						JSON_SCHEMA_2020_12),
				tool("test_x_mcp_header", "Takes an argument that clients repeat in a header", HEADER));
	}

	private static SyncToolSpecification tool(String name, String description, String schema) {
		return SyncToolSpecification.builder()
			.tool(Tool.builder(name, Json.object(schema)).description(description).build())
			.callHandler((exchange, request) -> echo(request))
			.build();
	}

	private static CallToolResult echo(CallToolRequest request) {
		return CallToolResult.builder().addTextContent("Called with " + request.arguments()).build();
	}

}
