// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.RefusalReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON into maps and lists in one pass, within bounds, and refuses what two readers
 * could understand differently.
 */
final class BoundedJsonReader {

	private static final int MAX_NUMBER_LENGTH = 100;

	private static final int MAX_NAME_LENGTH = 1024;

	private final JsonFactory factory;

	private final int maxArrayLength;

	BoundedJsonReader(McpRemoteProperties.Message limits) {
		this.factory = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(limits.maxDepth())
				.maxStringLength(limits.maxStringLength())
				.maxNameLength(MAX_NAME_LENGTH)
				.maxNumberLength(MAX_NUMBER_LENGTH)
				.build())
			.build();
		this.maxArrayLength = limits.maxArrayLength();
	}

	@Nullable Object read(byte[] json) throws RefusedException {
		if (!UnicodeText.is(json)) {
			throw new RefusedException(RefusalReason.NOT_JSON, "Parse error: the body is not Unicode text in UTF-8");
		}
		try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), json)) {
			JsonToken first = parser.nextToken();
			if (first == null) {
				throw new RefusedException(RefusalReason.NOT_JSON, "Parse error: the body is empty");
			}
			Object value = value(parser, first);
			if (parser.nextToken() != null) {
				throw new RefusedException(RefusalReason.NOT_JSON,
						"Parse error: there is more than one JSON value in the body");
			}
			return value;
		}
		catch (StreamConstraintsException ex) {
			throw new RefusedException(RefusalReason.INVALID_REQUEST,
					"Invalid request: the JSON is nested too deeply, or one of its strings or numbers is too long");
		}
		catch (JacksonException ex) {
			throw new RefusedException(RefusalReason.NOT_JSON, "Parse error: the body is not valid JSON");
		}
	}

	private @Nullable Object value(JsonParser parser, JsonToken token) throws RefusedException {
		return switch (token) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> array(parser);
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> parser.getNumberValue();
			case VALUE_NUMBER_FLOAT -> decimal(parser);
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NULL -> null;
			default -> throw new RefusedException(RefusalReason.NOT_JSON, "Parse error: the body is not valid JSON");
		};
	}

	private Map<String, @Nullable Object> object(JsonParser parser) throws RefusedException {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		int members = 0;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			object.put(name, value(parser, parser.nextToken()));
			members++;
			if (object.size() != members) {
				throw new RefusedException(RefusalReason.INVALID_REQUEST,
						"Invalid request: a JSON object has the same key twice");
			}
			if (members > this.maxArrayLength) {
				throw tooMany("members");
			}
		}
		return object;
	}

	private List<@Nullable Object> array(JsonParser parser) throws RefusedException {
		List<@Nullable Object> array = new ArrayList<>();
		for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			array.add(value(parser, token));
			if (array.size() > this.maxArrayLength) {
				throw tooMany("elements");
			}
		}
		return array;
	}

	private static Double decimal(JsonParser parser) throws RefusedException {
		double value = parser.getDoubleValue();
		if (!Double.isFinite(value)) {
			throw new RefusedException(RefusalReason.INVALID_REQUEST, "Invalid request: a number is out of range");
		}
		return value;
	}

	private RefusedException tooMany(String what) {
		return new RefusedException(RefusalReason.INVALID_REQUEST,
				"Invalid request: a JSON array or object has more than " + this.maxArrayLength + " " + what);
	}

}
