// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import java.util.Map;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the schemas that stand as JSON in the source, word for word as clients must get
 * them.
 */
final class Json {

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private Json() {
	}

	static Map<String, Object> object(String json) {
		return JsonMapper.shared().readValue(json, OBJECT);
	}

}
