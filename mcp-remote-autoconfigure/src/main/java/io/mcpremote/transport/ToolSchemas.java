// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;
import java.util.function.Supplier;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Checks schemas of tools and structured results as the SDK does, but keeps the schema of
 * schemas only while a server is built with all its tools.
 */
final class ToolSchemas implements JsonSchemaValidator {

	private final Supplier<JsonSchemaValidator> results = SingletonSupplier.of(McpJsonDefaults::getSchemaValidator);

	private volatile boolean building = true;

	private volatile @Nullable JsonSchemaValidator kept;

	@Override
	public ValidationResponse validate(Map<String, Object> schema, Object structuredContent) {
		return this.results.get().validate(schema, structuredContent);
	}

	@Override
	public ValidationResponse validateSchema(Map<String, Object> schema) {
		JsonSchemaValidator validator = this.kept;
		if (validator == null) {
			validator = new DefaultJsonSchemaValidator();
			this.kept = (this.building) ? validator : null;
		}
		return validator.validateSchema(schema);
	}

	/**
	 * Note that the server has been built: few tools come later, if any.
	 */
	void built() {
		this.building = false;
		this.kept = null;
	}

}
