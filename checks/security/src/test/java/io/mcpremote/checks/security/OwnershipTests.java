// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What belongs to one caller is not there for another, and a token goes no further than
 * the server it was issued for.
 */
@ExtendWith(Secrets.class)
class OwnershipTests {

	private static McpServer server;

	private static String alice;

	private static String bob;

	@BeforeAll
	static void start() {
		server = McpServer.start(Application.class,
				"spring.security.oauth2.resourceserver.jwt.issuer-uri=" + AuthorizationServer.uri(),
				"mcp.remote.sessions.enabled=true");
		alice = AuthorizationServer.userToken("alice", server.resource(), "read:projects", "write:projects");
		bob = AuthorizationServer.userToken("bob", server.resource(), "read:projects", "write:projects");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void sessionWhenOfAnotherUserThenNotFound() {
		String session = Http.header(server.initialize(alice), "Mcp-Session-Id");
		assertThat(session).isNotEmpty();
		HttpResponse<String> own = ping(alice, session);
		assertThat(own.statusCode()).isEqualTo(200);
		HttpResponse<String> others = ping(bob, session);
		assertThat(others.statusCode()).isEqualTo(404);
		assertThat(others.body().replace(session, "")).isEqualTo(ping(bob, "no-such-session").body());
		for (String method : List.of("GET", "DELETE")) {
			assertThat(Http.send(Http
				.request(server.resource(), "Authorization", "Bearer " + bob, "Mcp-Session-Id", session, "Accept",
						"text/event-stream", "MCP-Protocol-Version", "2025-11-25")
				.method(method, HttpRequest.BodyPublishers.noBody())).statusCode()).as(method).isEqualTo(404);
		}
		assertThat(ping(alice, session).statusCode()).isEqualTo(200);
	}

	@Test
	void sessionWhenUserCameByAnotherClientThenNotFound() {
		String session = Http.header(server.initialize(alice), "Mcp-Session-Id");
		JsonNode metadata = Http.json(Http.get(AuthorizationServer.uri() + "/.well-known/oauth-authorization-server"));
		String token = AuthorizationServer
			.accessToken(AuthorizationServer.authorize(AuthorizationServer.register(metadata),
					new Browser("alice", (scope) -> true), server.resource(), "read:projects"));
		assertThat(McpServer.text(server.callTool(token, "whoami"))).isEqualTo("alice [read:projects]");
		assertThat(ping(token, session).statusCode()).isEqualTo(404);
	}

	@Test
	void sessionWhenUserHasANewTokenThenStillThere() {
		String session = Http.header(server.initialize(alice), "Mcp-Session-Id");
		String other = AuthorizationServer.userToken("alice", server.resource(), "read:projects");
		assertThat(other).isNotEqualTo(alice);
		assertThat(ping(other, session).statusCode()).isEqualTo(200);
	}

	@Test
	void sessionWhenThereIsNoTokenThenNoAuthentication() {
		String session = Http.header(server.initialize(alice), "Mcp-Session-Id");
		for (String id : List.of(session, "no-such-session")) {
			assertThat(ping(null, id).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void stateWhenOfAnotherUserThenRefused() {
		JsonNode asked = McpServer.answer(server.callTool(alice, "delete_project")).get("result");
		assertThat(asked.get("resultType").asString()).isEqualTo("input_required");
		Map<String, ?> again = Map.of("name", "delete_project", "arguments", Map.of(), "requestState",
				asked.get("requestState").asString(), "inputResponses",
				Map.of("sure", Map.of("action", "accept", "content", Map.of("sure", true))));
		JsonNode refused = McpServer.answer(server.modern(bob, "tools/call", again));
		assertThat(refused.at("/error/code").asInt()).as(refused.toString()).isEqualTo(-32602);
		assertThat(McpServer.text(server.modern(alice, "tools/call", again))).contains("says alice");
	}

	@Test
	void stateWhenScopeHasGoneInTheMeantimeThenChallenged() {
		JsonNode asked = McpServer.answer(server.callTool(alice, "delete_project")).get("result");
		String less = AuthorizationServer.userToken("alice", server.resource(), "read:projects");
		HttpResponse<String> response = server.modern(less, "tools/call", Map.of("name", "delete_project", "arguments",
				Map.of(), "requestState", asked.get("requestState").asString(), "inputResponses", Map.of()));
		assertThat(response.statusCode()).isEqualTo(403);
	}

	@Test
	void callDownstreamWhenCallerHasATokenThenItIsNotPassedOn() throws InterruptedException {
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		try (Downstream downstream = new Downstream(received)) {
			HttpResponse<String> response = server.callTool(alice, "call_downstream", Map.of("uri", downstream.uri()));
			assertThat(McpServer.text(response)).isEqualTo("hello");
			assertThat(received.take()).doesNotContainIgnoringCase("authorization")
				.doesNotContain(alice, alice.substring(alice.lastIndexOf('.')));
		}
	}

	private static HttpResponse<String> ping(String token, String session) {
		return server.legacy(token, "ping", Map.of(), "Mcp-Session-Id", session);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ProtectedApplication.class)
	static class Application {

		private final RestClient client = RestClient.create();

		@McpTool(name = "call_downstream", description = "Calls another server")
		String callDownstream(String uri) {
			return this.client.get().uri(uri).retrieve().body(String.class);
		}

	}

}
