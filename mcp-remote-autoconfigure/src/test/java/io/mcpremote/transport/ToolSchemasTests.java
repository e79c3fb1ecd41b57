// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolSchemas}.
 */
class ToolSchemasTests {

	private static final Map<String, Object> SCHEMA = Map.of("type", "object", "properties",
			Map.of("count", Map.of("type", "integer")));

	private static final Map<String, Object> NO_SCHEMA = Map.of("type", "many");

	private final ToolSchemas schemas = new ToolSchemas();

	@Test
	void validateSchemaWhenServerIsBuiltThenAnswersAsBefore() {
		assertThat(this.schemas.validateSchema(SCHEMA).valid()).isTrue();
		assertThat(this.schemas.validateSchema(NO_SCHEMA).valid()).isFalse();
		this.schemas.built();
		assertThat(this.schemas.validateSchema(SCHEMA).valid()).isTrue();
		assertThat(this.schemas.validateSchema(NO_SCHEMA).valid()).isFalse();
	}

	@Test
	void validateWhenResultDoesNotFitThenInvalid() {
		assertThat(this.schemas.validate(SCHEMA, Map.of("count", 1)).valid()).isTrue();
		assertThat(this.schemas.validate(SCHEMA, Map.of("count", "one")).valid()).isFalse();
	}

}
