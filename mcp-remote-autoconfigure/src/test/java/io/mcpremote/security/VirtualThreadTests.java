// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.RunningServer;
import io.mcpremote.transport.CurrentCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools know their caller on virtual threads as they do on others.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadTests {

	private static final int CALLERS = 32;

	@ParameterizedTest
	@CsvSource({ "SYNC, caller", "SYNC, context", "ASYNC, caller", "ASYNC, context" })
	void callThenToolKnowsItsCaller(String type, String tool) throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
		try (RunningServer server = start(type)) {
			List<Future<HttpResponse<String>>> answers = IntStream.range(0, CALLERS * 4)
				.mapToObj((i) -> callers.submit(() -> call(server, tool, "user-" + i)))
				.toList();
			for (int i = 0; i < answers.size(); i++) {
				assertThat(text(answers.get(i).get())).isEqualTo("user-" + i + " true");
			}
		}
		finally {
			callers.shutdownNow();
		}
	}

	@Test
	void callWhenScopeMissingThenChallenge() {
		try (RunningServer server = start("SYNC")) {
			assertThat(call(server, "scoped", "alice").statusCode()).isEqualTo(403);
		}
	}

	private static RunningServer start(String type) {
		return RunningServer.start(List.of("mcp.remote.security.enabled=true",
				"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
				"spring.threads.virtual.enabled=true", "spring.ai.mcp.server.type=" + type,
				"mcp.remote.tools.scoped.scopes=read"), TestAuthentication.class, Tools.class);
	}

	private static HttpResponse<String> call(RunningServer server, String tool, String user) {
		return server.post(LegacyClient.message(1, "tools/call", Map.of("name", tool, "arguments", Map.of())),
				"Test-User", user);
	}

	private static String text(HttpResponse<String> response) {
		return RunningServer.json(response).at("/result/content/0/text").asString();
	}

	static class Tools {

		private final ObjectProvider<CurrentCaller> callers;

		Tools(ObjectProvider<CurrentCaller> callers) {
			this.callers = callers;
		}

		@McpTool(name = "caller", description = "Tells who calls and on which kind of thread")
		String caller() throws ReflectiveOperationException {
			return this.callers.getObject().get().subject() + " " + isVirtual();
		}

		@McpTool(name = "context", description = "Tells who calls and on which kind of thread")
		String context() throws ReflectiveOperationException {
			return SecurityContextHolder.getContext().getAuthentication().getName() + " " + isVirtual();
		}

		@McpTool(name = "scoped", description = "For some")
		String scoped() {
			return "scoped";
		}

		/**
		 * Java 17 does not know the method.
		 */
		private static Object isVirtual() throws ReflectiveOperationException {
			return Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
		}

	}

}
