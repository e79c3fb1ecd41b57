// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.modelcontextprotocol.spec.McpError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures and refusals look as the protocol wants them, and say no more than they may.
 */
class OutcomeWriterTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final OutcomeWriter writer = new OutcomeWriter(new JsonRpcWriter(JSON));

	@Test
	void toolErrorThenAlwaysInOneOrder() {
		assertThat(OutcomeWriter.toolError("Failed")).containsExactly(
				Map.entry("content", List.of(Map.of("type", "text", "text", "Failed"))), Map.entry("isError", true));
	}

	@Test
	void refusalWhenIdWasNotReadThenNoId() {
		WireReply reply = this.writer.refusal(null, Revision.V2026_07_28, null,
				Refusals.of(RefusalReason.NOT_JSON, "No JSON"));
		assertThat(body(reply).has("id")).isFalse();
		assertThat(body(reply).at("/error/code").asInt()).isEqualTo(-32700);
	}

	@Test
	void refusalWhenLegacyToolNeedsCapabilityThenToolError() {
		WireReply reply = this.writer.refusal("a", Revision.V2025_11_25, "tools/call",
				Refusals.missingCapability("sampling", ""));
		assertThat(reply.status()).isEqualTo(200);
		assertThat(body(reply).at("/result/isError").asBoolean()).isTrue();
		assertThat(body(reply).at("/result/content/0/text").asString()).contains("sampling");
		assertThat(body(reply).has("error")).isFalse();
	}

	@Test
	void refusalWhenModernToolNeedsCapabilityThenErrorWithCapabilities() {
		WireReply reply = this.writer.refusal("a", Revision.V2026_07_28, "tools/call",
				Refusals.missingCapability("sampling", ""));
		assertThat(reply.status()).isEqualTo(400);
		assertThat(body(reply).at("/error/code").asInt()).isEqualTo(-32021);
		assertThat(body(reply).at("/error/data"))
			.isEqualTo(JSON.readTree("{\"requiredCapabilities\":{\"sampling\":{}}}"));
	}

	@Test
	void toolErrorThenTextAndFlag() {
		JsonNode error = JSON.valueToTree(OutcomeWriter.toolError("Order 7 is closed"));
		assertThat(error).isEqualTo(JSON.readTree("""
				{"content":[{"type":"text","text":"Order 7 is closed"}],"isError":true}"""));
	}

	@ParameterizedTest
	@EnumSource
	void isToolErrorWhenToolThenUnlessItsOwnError(FailureKind kind) {
		Failure failure = new Failure(kind, "Failed", null);
		assertThat(this.writer.isToolError("tools/call", failure)).isEqualTo(kind != FailureKind.RPC_ERROR);
		assertThat(this.writer.isToolError("prompts/get", failure)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "FAILED, -32603", "TOLD, -32603", "INVALID_ARGUMENTS, -32602", "CANCELLED, -32603" })
	void errorThenCodeOfKindAndNothingOfCause(FailureKind kind, int code) {
		McpError cause = McpError.builder(-1).message("hunter2").data("hunter2").build();
		WireReply reply = this.writer.error(7, Revision.V2026_07_28, new Failure(kind, "Failed", cause));
		assertThat(reply.status()).isEqualTo(200);
		assertThat(body(reply).at("/error/code").asInt()).isEqualTo(code);
		assertThat(body(reply).at("/error/message").asString()).isEqualTo("Failed");
		assertThat(body(reply).get("error").has("data")).isFalse();
		assertThat(body(reply).toString()).doesNotContain("hunter2");
	}

	@Test
	void errorWhenOwnErrorThenItsCodeAndData() {
		WireReply reply = this.writer.error(7, Revision.V2026_07_28, own(4711, Map.of("order", 7)));
		assertThat(body(reply).at("/error/code").asInt()).isEqualTo(4711);
		assertThat(body(reply).at("/error/message").asString()).isEqualTo("Own");
		assertThat(body(reply).at("/error/data/order").asInt()).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(ints = { -32020, -32021, -32022, -32042, -32050, -32099 })
	void errorWhenModernAndCodeIsReservedThenInternalError(int code) {
		assertThat(body(this.writer.error(7, Revision.V2026_07_28, own(code, null))).at("/error/code").asInt())
			.isEqualTo(-32603);
	}

	@Test
	void errorWhenModernAndResourceNotFoundThenInvalidParams() {
		assertThat(body(this.writer.error(7, Revision.V2026_07_28, own(-32002, null))).at("/error/code").asInt())
			.isEqualTo(-32602);
	}

	@ParameterizedTest
	@ValueSource(ints = { -32602, -32603, -32601, -32100, 1, 1429 })
	void errorWhenModernAndCodeIsNotReservedThenKept(int code) {
		assertThat(body(this.writer.error(7, Revision.V2026_07_28, own(code, null))).at("/error/code").asInt())
			.isEqualTo(code);
	}

	@ParameterizedTest
	@ValueSource(ints = { -32002, -32042, -32020, -32050 })
	void errorWhenLegacyThenCodeIsKept(int code) {
		assertThat(body(this.writer.error(7, Revision.V2025_11_25, own(code, null))).at("/error/code").asInt())
			.isEqualTo(code);
	}

	@Test
	void withoutBodyThenStatusAndHeadersOnly() {
		WireReply reply = new WireReply(429, Map.of("Retry-After", "1"), new byte[] { 1 }).withoutBody();
		assertThat(reply.status()).isEqualTo(429);
		assertThat(reply.headers()).containsKey("Retry-After");
		assertThat(reply.body()).isEmpty();
	}

	private static Failure own(int code, Object data) {
		return new Failure(FailureKind.RPC_ERROR, "Own", McpError.builder(code).message("Own").data(data).build());
	}

	private static JsonNode body(WireReply reply) {
		return JSON.readTree(reply.body());
	}

}
