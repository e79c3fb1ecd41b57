// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in the forms in which it is needed.
 *
 * @param mapper converts values
 * @param sdk the same for the SDK
 * @param writer writes messages
 */
record TransportJson(ObjectMapper mapper, McpJsonMapper sdk, JsonRpcWriter writer) {

	/**
	 * Create all forms from the application's mapper for MCP.
	 */
	static TransportJson of(JsonMapper serverMapper) {
		// A null among the values of a schema or a structured result means something;
		// only
		// the SDK's own types have members that are not there when they are null
		JsonMapper mapper = serverMapper.rebuild()
			// An event is one line
			.disable(SerializationFeature.INDENT_OUTPUT)
			.changeDefaultPropertyInclusion((inclusion) -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL,
					JsonInclude.Include.ALWAYS))
			.build();
		return new TransportJson(mapper, new JacksonMcpJsonMapper(mapper), new JsonRpcWriter(mapper));
	}

}
