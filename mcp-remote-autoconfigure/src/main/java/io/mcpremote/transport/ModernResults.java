// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.McpCall;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.RawJson;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Adds to results what revision 2026-07-28 wants to see in them: their type, who gave
 * them, and how long they may be kept.
 */
final class ModernResults {

	private static final Set<String> LISTS = Set.of("server/discover", "tools/list", "prompts/list", "resources/list",
			"resources/templates/list");

	private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

	private static final byte[] COMPLETE = ascii("{\"resultType\":\"complete\"");

	private final JsonRpcWriter json;

	private final ObjectMapper mapper;

	private final Supplier<Implementation> serverInfo;

	private final long listMillis;

	private volatile byte @Nullable [] meta;

	ModernResults(JsonRpcWriter json, ObjectMapper mapper, Supplier<Implementation> serverInfo, Duration listTtl) {
		this.json = json;
		this.mapper = mapper;
		this.serverInfo = serverInfo;
		this.listMillis = listTtl.toMillis();
	}

	byte[] complete(McpCall call, Object result) {
		Map<?, ?> resultMeta = metaOf(result);
		byte[] body = (resultMeta != null) ? merged(result, resultMeta) : this.json.json(result);
		byte[] tail = (resultMeta != null) ? new byte[0] : meta();
		ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + tail.length + 96);
		out.writeBytes(COMPLETE);
		if (body.length > 2) {
			out.write(',');
			out.write(body, 1, body.length - 2);
		}
		out.writeBytes(cacheHints(call, result));
		out.writeBytes(tail);
		out.write('}');
		return out.toByteArray();
	}

	byte[] inputRequired(InputRequired required) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("resultType", "input_required");
		if (!required.requests().isEmpty()) {
			result.put("inputRequests", required.requests());
		}
		if (required.state() != null) {
			result.put("requestState", required.state());
		}
		result.put("_meta", Map.of(SERVER_INFO, this.serverInfo.get()));
		return this.json.json(result);
	}

	private byte[] cacheHints(McpCall call, Object result) {
		boolean list = LISTS.contains(call.method());
		if (!list && !TargetMethods.RESOURCES_READ.equals(call.method())) {
			return new byte[0];
		}
		// Who else may see a result of the application's, only the application knows
		String scope = (result instanceof RawJson raw && raw.shared()) ? "public" : "private";
		return ascii(",\"ttlMs\":" + ((list) ? this.listMillis : 0) + ",\"cacheScope\":\"" + scope + "\"");
	}

	@SuppressWarnings("unchecked")
	private byte[] merged(Object result, Map<?, ?> resultMeta) {
		Map<String, Object> map = new LinkedHashMap<>(this.mapper.convertValue(result, Map.class));
		Map<String, Object> all = new LinkedHashMap<>((Map<String, Object>) resultMeta);
		all.put(SERVER_INFO, this.serverInfo.get());
		map.put("_meta", all);
		return this.json.json(map);
	}

	private byte[] meta() {
		byte[] known = this.meta;
		if (known == null) {
			byte[] info = this.json.json(Map.of(SERVER_INFO, this.serverInfo.get()));
			known = (",\"_meta\":" + new String(info, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
			this.meta = known;
		}
		return known;
	}

	private static @Nullable Map<?, ?> metaOf(Object result) {
		if (result instanceof McpSchema.Result sdkResult) {
			return sdkResult.meta();
		}
		return (result instanceof Map<?, ?> map && map.get("_meta") instanceof Map<?, ?> meta) ? meta : null;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
