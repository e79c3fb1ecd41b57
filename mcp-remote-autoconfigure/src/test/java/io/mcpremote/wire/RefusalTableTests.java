// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks the whole table of refusals, in both eras.
 */
class RefusalTableTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Map<RefusalReason, Row> TABLE = new EnumMap<>(RefusalReason.class);

	static {
		both(RefusalReason.NOT_JSON, 400, -32700);
		both(RefusalReason.INVALID_REQUEST, 400, -32600);
		both(RefusalReason.TOO_LARGE, 413, -32600);
		both(RefusalReason.UNSUPPORTED_MEDIA_TYPE, 415, -32600);
		both(RefusalReason.NOT_ACCEPTABLE, 406, -32600);
		both(RefusalReason.METHOD_NOT_ALLOWED, 405, -32600);
		both(RefusalReason.FORBIDDEN_ORIGIN, 403, -32600);
		both(RefusalReason.INVALID_ENVELOPE, 400, -32602);
		both(RefusalReason.HEADER_MISMATCH, 400, -32020);
		both(RefusalReason.UNSUPPORTED_VERSION, 400, -32022);
		each(RefusalReason.MISSING_CAPABILITY, 200, -32602, 400, -32021);
		each(RefusalReason.METHOD_NOT_FOUND, 200, -32601, 404, -32601);
		both(RefusalReason.INVALID_PARAMS, 200, -32602);
		both(RefusalReason.UNKNOWN_TARGET, 200, -32602);
		each(RefusalReason.UNKNOWN_RESOURCE, 200, -32002, 200, -32602);
		both(RefusalReason.SESSION_REQUIRED, 400, -32600);
		both(RefusalReason.UNKNOWN_SESSION, 404, -32001);
		both(RefusalReason.UNAUTHENTICATED, 401, 1401);
		both(RefusalReason.INSUFFICIENT_SCOPE, 403, 1403);
		both(RefusalReason.LIMITED, 429, 1429);
		both(RefusalReason.UNAVAILABLE, 503, 1503);
		both(RefusalReason.INTERNAL_ERROR, 500, -32603);
	}

	private final OutcomeWriter writer = new OutcomeWriter(new JsonRpcWriter(JSON));

	@Test
	void tableThenNamesEveryReason() {
		assertThat(TABLE).containsOnlyKeys(RefusalReason.values());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void refusalThenStatusAndCodeOfTable(RefusalReason reason, Revision revision, int status, int code) {
		Refusal refusal = new Refusal(reason, "Because", Map.of("fact", 1), Map.of("X-Fact", "2"));
		WireReply reply = this.writer.refusal(7, revision, "prompts/get", refusal);
		JsonNode body = JSON.readTree(reply.body());
		assertThat(reply.status()).isEqualTo(status);
		assertThat(reply.headers()).containsExactly(Map.entry("X-Fact", "2"));
		assertThat(body.get("jsonrpc").asString()).isEqualTo("2.0");
		assertThat(body.get("id").asInt()).isEqualTo(7);
		assertThat(body.has("result")).isFalse();
		assertThat(body.at("/error/code").asInt()).isEqualTo(code);
		assertThat(body.at("/error/message").asString()).isEqualTo("Because");
		assertThat(body.at("/error/data/fact").asInt()).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void refusalWhenModernThenNoCodeThatTheProtocolForbids(RefusalReason reason, Revision revision, int status,
			int code) {
		if (revision.isModern()) {
			assertThat(code).isNotIn(-32002, -32042);
			if (code <= -32020 && code >= -32099) {
				assertThat(code).isIn(-32020, -32021, -32022);
			}
		}
	}

	@Test
	void refusalWhenWithoutDataThenNoData() {
		WireReply reply = this.writer.refusal(7, Revision.V2026_07_28, "tools/call",
				Refusals.of(RefusalReason.LIMITED, "Too much"));
		assertThat(JSON.readTree(reply.body()).get("error").has("data")).isFalse();
	}

	static Stream<Object[]> rows() {
		List<Object[]> rows = new ArrayList<>();
		TABLE.forEach((reason, row) -> {
			for (Revision revision : Revision.values()) {
				rows.add((revision.isModern()) ? new Object[] { reason, revision, row.modernStatus(), row.modernCode() }
						: new Object[] { reason, revision, row.legacyStatus(), row.legacyCode() });
			}
		});
		return rows.stream();
	}

	private static void both(RefusalReason reason, int status, int code) {
		each(reason, status, code, status, code);
	}

	private static void each(RefusalReason reason, int legacyStatus, int legacyCode, int modernStatus, int modernCode) {
		TABLE.put(reason, new Row(legacyStatus, legacyCode, modernStatus, modernCode));
	}

	private record Row(int legacyStatus, int legacyCode, int modernStatus, int modernCode) {

	}

}
