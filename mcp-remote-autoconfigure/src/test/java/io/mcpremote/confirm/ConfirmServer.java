// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.mcpremote.call.CallConfirmation;
import io.mcpremote.call.CallConfirmation.Decision;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.mcpremote.transport.InputRounds;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server some of whose tools ask before they run, and a client of revision 2026-07-28.
 */
final class ConfirmServer {

	static final String KEY = "io.mcpremote/confirm";

	static final Map<String, Object> YES = Map.of("action", "accept", "content", Map.of("confirm", true));

	static final Map<String, Object> NO = Map.of("action", "decline");

	/**
	 * Good for all servers of a test, as for the replicas of one.
	 */
	private static final String SHARED_KEY = "mcp.remote.request-state.keys=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

	private ConfirmServer() {
	}

	static RunningServer start(String... properties) {
		List<String> all = new ArrayList<>(List.of("mcp.remote.sessions.enabled=true", SHARED_KEY));
		all.addAll(List.of(properties));
		return RunningServer.start(all, ConfirmTools.class, Heard.class, UserHeader.class);
	}

	static ModernRequest delete(String id) {
		return call("delete_project", Map.of("id", id));
	}

	static ModernRequest call(String tool, Map<String, ?> arguments) {
		return ModernRequest.callTool(tool, arguments).capabilities(Map.of("elicitation", Map.of()));
	}

	/**
	 * Go on with a call.
	 */
	static ModernRequest next(ModernRequest call, String state, Map<String, ?> responses) {
		return call.param("requestState", state).param("inputResponses", responses);
	}

	/**
	 * Return the state of a call that asks to be confirmed.
	 */
	static String asked(JsonNode message) {
		assertThat(message.at("/result/resultType").asString()).as(message.toString()).isEqualTo("input_required");
		assertThat(message.at("/result/inputRequests").propertyNames()).containsExactly(KEY);
		return message.at("/result/requestState").asString();
	}

	static String question(JsonNode message) {
		asked(message);
		return message.get("result").get("inputRequests").get(KEY).at("/params/message").asString();
	}

	static JsonNode send(RunningServer server, ModernRequest request) {
		return RunningServer.json(server.modern(request));
	}

	static void assertNotRun(JsonNode message, String reason) {
		assertThat(message.at("/result/isError").asBoolean()).as(message.toString()).isTrue();
		assertThat(RunningServer.text(message)).startsWith("Not run: ").contains(reason);
	}

	static void assertRefused(HttpResponse<String> response) {
		assertThat(RunningServer.json(response).at("/error/code").asInt()).as(response.body()).isEqualTo(-32602);
		assertThat(RunningServer.json(response).at("/error/message").asString()).contains("requestState")
			.contains("start again");
	}

	/**
	 * Tools that leave a trace.
	 */
	static class ConfirmTools {

		private final Queue<String> ran = new ConcurrentLinkedQueue<>();

		List<String> ran(String what) {
			return this.ran.stream().filter((each) -> each.startsWith(what)).toList();
		}

		@McpTool(name = "delete_project", description = "Deletes a project")
		@ToolPolicy(confirm = "Delete project {id}?")
		String delete(String id, @McpToolParam(required = false) String reason) {
			this.ran.add("delete " + id);
			return "deleted " + id;
		}

		@McpTool(name = "archive_project", description = "Archives a project")
		@ToolPolicy(confirm = "Delete project {id}?")
		String archive(String id, @McpToolParam(required = false) String reason) {
			this.ran.add("archive " + id);
			return "archived " + id;
		}

		@McpTool(name = "pay", description = "Pays, and asks for more")
		@ToolPolicy(confirm = "Pay {payment.to} because of {reason}?")
		String pay(McpSyncRequestContext context, Payment payment, @McpToolParam(required = false) String reason) {
			this.ran.add("begin " + payment.to());
			String account = String.valueOf(InputRounds.of(context)
				.ask((ask) -> ask.elicit("account", form("Which account?")))
				.elicitation("account")
				.content()
				.get("name"));
			this.ran.add("pay " + payment.to() + " from " + account);
			return "paid " + payment.to() + " from " + account;
		}

		@McpTool(name = "chat", description = "Asks for a name only")
		String chat(McpSyncRequestContext context, String id) {
			return "hello " + InputRounds.of(context).ask((ask) -> ask.elicit("account", form("Which account?")));
		}

		private static ElicitFormRequest form(String message) {
			return ElicitFormRequest
				.builder(message, Map.of("type", "object", "properties", Map.of("name", Map.of("type", "string")),
						"required", List.of("name")))
				.build();
		}

	}

	record Payment(String to, double amount) {

	}

	/**
	 * What listeners hear.
	 */
	static class Heard {

		private final Queue<CallConfirmation> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void on(CallConfirmation event) {
			this.events.add(event);
		}

		List<Decision> of(String user) {
			return this.events.stream()
				.filter((event) -> user.equals(event.caller().subject()))
				.map(CallConfirmation::decision)
				.toList();
		}

	}

}
