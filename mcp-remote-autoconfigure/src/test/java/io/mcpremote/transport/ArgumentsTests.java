// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.mcpremote.call.ArgumentGuard;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arguments reach the tool as they were sent, or not at all.
 */
class ArgumentsTests {

	@ParameterizedTest
	@ValueSource(strings = { "SYNC", "ASYNC" })
	void callWhenArgumentDoesNotFitThenToolIsNotCalled(String type) {
		try (RunningServer server = RunningServer.start(List.of("spring.ai.mcp.server.type=" + type), Tools.class)) {
			JsonNode result = call(server, "greet", Map.of("name", List.of(1))).get("result");
			assertThat(result.get("isError").asBoolean()).isTrue();
			assertThat(result.at("/content/0/text").asString())
				.isEqualTo("The argument 'name' is not valid: array found, string expected.");
			assertThat(server.context().getBean(Tools.class).calls).hasValue(0);
			assertThat(call(server, "greet", Map.of("name", "Ann")).at("/result/content/0/text").asString())
				.isEqualTo("Hello Ann");
		}
	}

	@Test
	void callWhenToolChangesItsArgumentsThenGuardsSeeWhatWasSent() {
		try (RunningServer server = RunningServer.start(Tools.class, Watching.class)) {
			Map<String, Object> sent = Map.of("options", Map.of("a", List.of(1, 2)));
			call(server, "spoil", sent);
			assertThat(server.context().getBean(Watching.class).seenAfterwards).hasValue(sent);
		}
	}

	@Test
	void callWhenGuardIsTheApplicationsThenItAloneDecides() {
		try (RunningServer server = RunningServer.start(Tools.class, Trusting.class)) {
			assertThat(call(server, "raw", Map.of("unknown", 1)).at("/result/content/0/text").asString())
				.isEqualTo("raw");
		}
	}

	@Test
	void callWhenFeatureIsExcludedThenSdkChecks() {
		List<String> exclude = List
			.of("spring.autoconfigure.exclude=io.mcpremote.input.McpRemoteInputAutoConfiguration");
		try (RunningServer server = RunningServer.start(exclude, Tools.class)) {
			JsonNode result = call(server, "greet", Map.of("name", List.of(1))).get("result");
			assertThat(result.get("isError").asBoolean()).isTrue();
			assertThat(server.context().getBean(Tools.class).calls).hasValue(0);
		}
	}

	private static JsonNode call(RunningServer server, String tool, Map<String, Object> arguments) {
		return RunningServer.json(server.modern(ModernRequest.callTool(tool, arguments)));
	}

	static class Tools {

		private final AtomicInteger calls = new AtomicInteger();

		@McpTool(name = "greet", description = "Greets")
		String greet(String name) {
			this.calls.incrementAndGet();
			return "Hello " + name;
		}

		@McpTool(name = "spoil", description = "Changes what it was given")
		@SuppressWarnings("unchecked")
		CallToolResult spoil(CallToolRequest request) {
			((List<Object>) ((Map<String, Object>) request.arguments().get("options")).get("a")).clear();
			request.arguments().clear();
			return CallToolResult.builder().addTextContent("spoilt").build();
		}

		@McpTool(name = "raw", description = "Takes anything")
		String raw(String needed) {
			return "raw";
		}

	}

	static class Watching implements CallGuard {

		private final AtomicReference<Map<String, Object>> seenAfterwards = new AtomicReference<>();

		@Override
		public CallStage stage() {
			return CallStage.AUDIT;
		}

		@Override
		public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
			CallOutcome outcome = next.proceed(call, context);
			this.seenAfterwards.set(call.arguments());
			return outcome;
		}

	}

	static class Trusting implements ArgumentGuard {

		@Override
		public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
			return next.proceed(call, context);
		}

	}

}
