// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.call.ToolException;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers of both types serve tools of both kinds, and neither lets exceptions out.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerTypesTests {

	@ParameterizedTest
	@ValueSource(strings = { "SYNC", "ASYNC" })
	void listThenToolsOfBothKinds(String type) {
		try (RunningServer server = start(type)) {
			JsonNode tools = RunningServer.json(server.modern(ModernRequest.of("tools/list"))).at("/result/tools");
			List<String> names = new ArrayList<>();
			tools.forEach((tool) -> names.add(tool.get("name").asString()));
			assertThat(names).containsExactly("fail", "fail-later", "fail-with-error", "flux", "imperative", "later",
					"nothing", "nothing-later", "tell", "tell-later");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SYNC", "ASYNC" })
	void callThenToolsOfBothKindsAnswer(String type) {
		try (RunningServer server = start(type)) {
			assertThat(call(server, "imperative", Map.of("text", "a")).at("/result/content/0/text").asString())
				.isEqualTo("now a");
			assertThat(call(server, "later", Map.of("text", "b")).at("/result/content/0/text").asString())
				.isEqualTo("later b");
			assertThat(call(server, "flux", Map.of()).at("/result/content/0/text").asString()).isEqualTo("first");
			for (String tool : List.of("nothing", "nothing-later")) {
				JsonNode answer = call(server, tool, Map.of());
				assertThat(answer.at("/result/isError").asBoolean(false)).as(tool).isFalse();
				assertThat(answer.has("error")).as(tool).isFalse();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("typesAndRevisions")
	void callWhenToolThrowsThenClientLearnsReferenceOnly(String type, boolean modern, CapturedOutput output) {
		try (RunningServer server = start(type)) {
			for (String tool : List.of("fail", "fail-later", "fail-with-error")) {
				HttpResponse<String> response = post(server, modern, tool);
				assertThat(response.statusCode()).as(tool).isEqualTo(200);
				JsonNode answer = RunningServer.json(response);
				assertThat(answer.at("/result/isError").asBoolean()).as(tool).isTrue();
				assertThat(response.body()).as(tool)
					.contains("Reference: ")
					.doesNotContain("hunter2", "Exception", "Error:", "java.", "io.mcpremote.", "\tat ");
				String text = answer.at("/result/content/0/text").asString();
				assertThat(output).contains(text.substring(text.indexOf("Reference: ") + "Reference: ".length()));
			}
		}
		assertThat(output).contains("hunter2");
	}

	@ParameterizedTest
	@MethodSource("typesAndRevisions")
	void callWhenToolTellsThenClientIsTold(String type, boolean modern) {
		try (RunningServer server = start(type)) {
			for (String tool : List.of("tell", "tell-later")) {
				HttpResponse<String> response = post(server, modern, tool);
				JsonNode answer = RunningServer.json(response);
				assertThat(answer.at("/result/isError").asBoolean()).as(tool).isTrue();
				assertThat(answer.at("/result/content/0/text").asString()).as(tool).isEqualTo("Order 7 is closed");
				assertThat(response.body()).as(tool).doesNotContain("hunter2", "Exception");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("typesAndRevisions")
	void callWhenToolCallbackThrowsThenAsAnyOtherTool(String type, boolean modern, CapturedOutput output) {
		try (RunningServer server = start(type, OfferedCallbacks.class)) {
			for (String tool : List.of("callback_fail", "callback_fail_unannotated")) {
				HttpResponse<String> response = post(server, modern, tool);
				assertThat(response.statusCode()).as(tool).isEqualTo(200);
				JsonNode answer = RunningServer.json(response);
				assertThat(answer.at("/result/isError").asBoolean()).as(tool).isTrue();
				assertThat(response.body()).as(tool)
					.contains("Reference: ")
					.doesNotContain("hunter2", "Exception", "java.", "io.mcpremote.", "\tat ");
			}
			JsonNode told = RunningServer.json(post(server, modern, "callback_tell"));
			assertThat(told.at("/result/isError").asBoolean()).isTrue();
			assertThat(RunningServer.text(told)).isEqualTo("Order 7 is closed");
			JsonNode well = RunningServer.json(post(server, modern, "callback_well"));
			assertThat(well.at("/result/isError").asBoolean(false)).isFalse();
			assertThat(RunningServer.text(well)).contains("all is well");
		}
		assertThat(output).contains("hunter2", "CallbackTools.fail");
	}

	static Stream<Object[]> typesAndRevisions() {
		return Stream.of("SYNC", "ASYNC")
			.flatMap((type) -> Stream.of(true, false).map((modern) -> new Object[] { type, modern }));
	}

	@Test
	void startWhenSyncCustomizerThenApplied() {
		try (RunningServer server = start("SYNC", OwnCustomizers.class)) {
			assertThat(instructions(server)).isEqualTo("from the sync customizer");
			assertThat(call(server, "imperative", Map.of("text", "a")).at("/result/content/0/text").asString())
				.isEqualTo("now a");
		}
	}

	@Test
	void startWhenAsyncCustomizerThenApplied() {
		try (RunningServer server = start("ASYNC", OwnCustomizers.class)) {
			assertThat(instructions(server)).isEqualTo("from the async customizer");
			assertThat(call(server, "later", Map.of("text", "b")).at("/result/content/0/text").asString())
				.isEqualTo("later b");
		}
	}

	private static RunningServer start(String type, Class<?>... more) {
		Class<?>[] components = Stream.concat(Stream.of(Tools.class), Stream.of(more)).toArray(Class<?>[]::new);
		return RunningServer.start(List.of("spring.ai.mcp.server.type=" + type), components);
	}

	private static JsonNode call(RunningServer server, String tool, Map<String, ?> arguments) {
		return RunningServer.json(server.modern(ModernRequest.callTool(tool, arguments)));
	}

	private static HttpResponse<String> post(RunningServer server, boolean modern, String tool) {
		return (modern) ? server.modern(ModernRequest.callTool(tool, Map.of())) : server.post("""
				{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{}}}"""
			.formatted(tool));
	}

	private static String instructions(RunningServer server) {
		return RunningServer.json(server.modern(ModernRequest.of("server/discover")))
			.at("/result/instructions")
			.asString();
	}

	static class Tools {

		@McpTool(name = "imperative", description = "Answers at once")
		String imperative(String text) {
			return "now " + text;
		}

		@McpTool(name = "later", description = "Answers later")
		Mono<String> later(String text) {
			return Mono.just("later " + text);
		}

		@McpTool(name = "flux", description = "Answers more than once")
		Flux<String> flux() {
			return Flux.just("first", "second");
		}

		@McpTool(name = "nothing", description = "Answers nothing")
		void nothing() {
		}

		@McpTool(name = "nothing-later", description = "Answers nothing later")
		Mono<Void> nothingLater() {
			return Mono.empty();
		}

		@McpTool(name = "fail", description = "Fails")
		String fail() {
			throw new IllegalStateException("password=hunter2");
		}

		@McpTool(name = "fail-later", description = "Fails later")
		Mono<String> failLater() {
			return Mono.error(new IllegalStateException("password=hunter2"));
		}

		@McpTool(name = "fail-with-error", description = "Fails badly")
		String failWithError() {
			throw new Error("password=hunter2");
		}

		@McpTool(name = "tell", description = "Says why it fails")
		String tell() {
			throw new ToolException("Order 7 is closed", new IllegalStateException("password=hunter2"));
		}

		@McpTool(name = "tell-later", description = "Says later why it fails")
		Mono<String> tellLater() {
			return Mono.error(new ToolException("Order 7 is closed", new IllegalStateException("password=hunter2")));
		}

	}

	static class CallbackTools {

		@Tool(name = "callback_fail", description = "Fails")
		String fail() {
			throw new IllegalStateException("password=hunter2");
		}

		@Tool(name = "callback_tell", description = "Says why it fails")
		String tell() {
			throw new ToolException("Order 7 is closed", new IllegalStateException("password=hunter2"));
		}

		@Tool(name = "callback_well", description = "Does not fail")
		String well() {
			return "all is well";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfferedCallbacks {

		@Bean
		ToolCallbackProvider callbacks() {
			return MethodToolCallbackProvider.builder().toolObjects(new CallbackTools()).build();
		}

		@Bean
		ToolCallback callback() {
			return new ToolCallback() {

				@Override
				public ToolDefinition getToolDefinition() {
					return ToolDefinition.builder()
						.name("callback_fail_unannotated")
						.description("Fails")
						.inputSchema("{\"type\":\"object\"}")
						.build();
				}

				@Override
				public String call(String input) {
					throw new IllegalStateException("password=hunter2");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCustomizers {

		// Spring AI takes one only and has one of its own
		@Bean
		@Primary
		McpSyncServerCustomizer ownSyncCustomizer() {
			return (server) -> server.instructions("from the sync customizer");
		}

		@Bean
		McpAsyncServerCustomizer ownAsyncCustomizer() {
			return (server) -> server.instructions("from the async customizer");
		}

	}

}
