// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.JsonSize;
import io.mcpremote.call.ResultSnapshot;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/**
 * Makes snapshots of results by way of their JSON, which is all that clients ever see.
 */
final class JsonSnapshots implements ResultSnapshot.Maker {

	private static final Log logger = LogFactory.getLog(JsonSnapshots.class);

	private final ObjectMapper mapper;

	private final ObjectReader reader;

	JsonSnapshots(ObjectMapper mapper) {
		this.mapper = mapper;
		// No digit of a number gets lost
		this.reader = mapper.readerFor(CallToolResult.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
	}

	@Override
	public @Nullable ResultSnapshot of(Object value) {
		if (!(value instanceof CallToolResult)) {
			return null;
		}
		try {
			byte[] json = this.mapper.writeValueAsBytes(value);
			CallToolResult copy = this.reader.readValue(json);
			CallToolResult frozen = new CallToolResult(Collections.unmodifiableList(copy.content()), copy.isError(),
					frozen(copy.structuredContent()), frozenMap(copy.meta()));
			return new ResultSnapshot(frozen,
					json.length + JsonSize.of(frozen.structuredContent()) + JsonSize.of(frozen.meta()));
		}
		catch (JacksonException ex) {
			logger.debug("A result is none of which a copy can be made", ex);
			return null;
		}
	}

	@SuppressWarnings("unchecked")
	private static @Nullable Map<String, Object> frozenMap(@Nullable Map<String, Object> map) {
		return (Map<String, Object>) frozen(map);
	}

	/**
	 * Make a value that belongs to nobody else unchangeable.
	 */
	private static @Nullable Object frozen(@Nullable Object json) {
		if (json instanceof Map<?, ?> map) {
			return frozenMembers(map);
		}
		return (json instanceof List<?> list) ? frozenElements(list) : json;
	}

	@SuppressWarnings("unchecked")
	private static Object frozenMembers(Map<?, ?> map) {
		((Map<Object, @Nullable Object>) map).replaceAll((key, value) -> frozen(value));
		return Collections.unmodifiableMap(map);
	}

	@SuppressWarnings("unchecked")
	private static Object frozenElements(List<?> list) {
		((List<@Nullable Object>) list).replaceAll(JsonSnapshots::frozen);
		return Collections.unmodifiableList(list);
	}

}
