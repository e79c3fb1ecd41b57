// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.mcpremote.session.LiveSession;
import io.mcpremote.session.Sessions;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;

import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with sessions, and what tests have to know of it.
 */
final class SessionServer {

	static final String NOTES = "test://notes";

	static final String PLANS = "test://plans";

	/**
	 * The lists of roots that the application was told.
	 */
	static final BlockingQueue<List<McpSchema.Root>> rootsChanges = new LinkedBlockingQueue<>();

	/**
	 * Holds up tools until it is open.
	 */
	static volatile CountDownLatch gate = new CountDownLatch(0);

	private SessionServer() {
	}

	/**
	 * Start a server with sessions.
	 * @param properties its other properties
	 */
	static RunningServer start(String... properties) {
		List<String> all = new ArrayList<>(List.of("mcp.remote.sessions.enabled=true"));
		all.addAll(List.of(properties));
		return RunningServer.start(all, SessionTools.class, RootsConfiguration.class, UserHeader.class);
	}

	/**
	 * Start a server that has room for the sessions and streams of many tests.
	 * @param properties its other properties
	 */
	static RunningServer roomy(String... properties) {
		List<String> all = new ArrayList<>(List.of("mcp.remote.sessions.max-per-owner=1000",
				"mcp.remote.stream.max-open-per-caller=1000", "mcp.remote.stream.keep-alive=200ms"));
		all.addAll(List.of(properties));
		return start(all.toArray(String[]::new));
	}

	static LiveSession live(RunningServer server, LegacyClient client) {
		Sessions sessions = server.context().getBean(Sessions.class);
		return sessions.live(sessions.current(client.sessionId()));
	}

	static void awaitListening(RunningServer server, LegacyClient... clients) {
		for (LegacyClient client : clients) {
			Eventually.until("the stream is open", live(server, client)::isListening);
		}
	}

	static void assertUnknown(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
		assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(-32001);
	}

	static class SessionTools {

		@McpTool(name = "quick", description = "Is quick")
		String quick() {
			return "quick";
		}

		@McpTool(name = "log", description = "Logs")
		String log(McpSyncRequestContext context) {
			context.debug("d");
			context.info("i");
			context.warn("w");
			context.error("e");
			return "logged";
		}

		@McpTool(name = "chatty", description = "Says things before and after the gate opens")
		String chatty(McpSyncRequestContext context, int before, int after) throws InterruptedException {
			for (int i = 1; i <= before; i++) {
				context.info(String.valueOf(i));
			}
			gate.await(30, TimeUnit.SECONDS);
			for (int i = 1; i <= after; i++) {
				context.info(String.valueOf(before + i));
			}
			return "said all";
		}

		@McpTool(name = "bulky", description = "Says much")
		String bulky(McpSyncRequestContext context, int size, int times) throws InterruptedException {
			context.info("first");
			gate.await(30, TimeUnit.SECONDS);
			for (int i = 0; i < times; i++) {
				context.info("x".repeat(size));
			}
			return "said all";
		}

		@McpTool(name = "chatty-ask", description = "Asks after the gate opens")
		String chattyAsk(McpSyncRequestContext context) throws InterruptedException {
			context.info("hello");
			gate.await(30, TimeUnit.SECONDS);
			return ask(context);
		}

		@McpTool(name = "ask", description = "Asks")
		String ask(McpSyncRequestContext context) {
			return String
				.valueOf(context.elicit(ElicitFormRequest.builder("Well?", Map.of("type", "object")).build()).action());
		}

		@McpTool(name = "ask-rounds", description = "Asks by rounds")
		String askRounds(McpSyncRequestContext context) {
			return InputRounds.of(context)
				.ask((ask) -> ask.elicit("well", ElicitFormRequest.builder("Well?", Map.of("type", "object")).build()))
				.elicitation("well")
				.toString();
		}

		@McpTool(name = "ask-unwritable", description = "Asks what cannot be written")
		String askUnwritable(McpSyncRequestContext context) {
			return String.valueOf(context
				.elicit(ElicitFormRequest.builder("Well?", Map.of("type", "object", "x", new Unwritable())).build())
				.action());
		}

		@McpTool(name = "sample", description = "Asks the model")
		String sample(McpSyncRequestContext context) {
			return context.sample("Well?").model();
		}

		@McpTool(name = "roots", description = "Asks for roots")
		String roots(McpSyncRequestContext context) {
			return context.roots().toString();
		}

		@McpTool(name = "disconnecting", description = "Lets the client go")
		String disconnecting(McpSyncRequestContext context) throws InterruptedException {
			boolean gone = ResponseStream.of(context).disconnect();
			gate.await(30, TimeUnit.SECONDS);
			return String.valueOf(gone);
		}

		@McpResource(uri = NOTES, name = "notes", description = "Notes")
		String notes() {
			return "notes";
		}

		@McpResource(uri = PLANS, name = "plans", description = "Plans")
		String plans() {
			return "plans";
		}

	}

	static class Unwritable extends AbstractMap<String, Object> {

		@Override
		public Set<Entry<String, Object>> entrySet() {
			throw new IllegalStateException("not to be had");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RootsConfiguration {

		@Bean
		BiConsumer<McpSyncServerExchange, List<McpSchema.Root>> rootsConsumer() {
			return (exchange, roots) -> rootsChanges.add(roots);
		}

	}

}
