// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.mcpremote.policy.Access;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MovableTime;
import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RawResponse;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The answers that the documentation shows are those that a running server gives.
 */
class AnswerTests {

	private static final String URL = "https://mcp.example.com/mcp";

	private static final String FUTURE = "2099-01-01";

	private static final List<String> SHOWN = List.of("WWW-Authenticate", "Retry-After", "RateLimit-Policy",
			"RateLimit", "Allow", "Content-Type");

	private static TestIssuer issuer;

	private static RunningServer server;

	private static final Map<String, Supplier<RawResponse>> answers = new TreeMap<>();

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.add("mcp.remote.public-url=" + URL);
		properties.add("mcp.remote.security.base-scopes=read:projects");
		properties.add("mcp.remote.sessions.enabled=true");
		properties.add("mcp.remote.message.max-size=4KB");
		properties.add("mcp.remote.rate-limit.enabled=true");
		server = RunningServer.secured(properties, Tools.class, MovableTime.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	static {
		answers.put("no-token", () -> send(call("create_project")));
		answers.put("expired",
				() -> send(bearer(list(),
						issuer.token(URL, "ann",
								(claims) -> claims.issueTime(Date.from(Instant.now().minusSeconds(900)))
									.expirationTime(Date.from(Instant.now().minusSeconds(600)))))));
		answers.put("audience",
				() -> send(bearer(list(), issuer.token("https://other.example.com/mcp", "ann", "read:projects"))));
		answers.put("scope", () -> send(bearer(call("create_project"), token("ann"))));
		answers.put("origin", () -> send(bearer(list(), token("ann")).header("Origin", "https://evil.example")));
		answers.put("host", () -> send(call("about").set("Host", "mcp.internal")));
		answers.put("session", () -> send(bearer(ping(), token("ann")).header("Mcp-Session-Id", "gone")));
		answers.put("method", () -> send(bearer(message("no/such"), token("ann"))));
		answers.put("unknown-tool", () -> send(bearer(call("no_such_tool"), token("ann"))));
		answers.put("http-method", () -> send(bearer(ping(), token("ann")).method("PUT")));
		answers.put("media-type", () -> send(bearer(ping(), token("ann")).set("Content-Type", "text/plain")));
		answers.put("too-large", () -> send(bearer(RawRequest.post("\"" + "a".repeat(5000) + "\""), token("ann"))));
		answers.put("version", () -> send(bearer(RawRequest.post(
				ModernRequest.of("tools/list").meta("protocolVersion", FUTURE).header("MCP-Protocol-Version", FUTURE)),
				token("ann"))));
		answers.put("no-meta", () -> send(bearer(ping(), token("ann")).set("MCP-Protocol-Version", FUTURE)));
		answers.put("limited", () -> {
			send(bearer(call("generate_report"), token("bob")));
			return send(bearer(call("generate_report"), token("bob")));
		});
	}

	@Test
	void pagesThenShowEveryAnswer() {
		assertThat(ShownText.of("answer").keySet()).containsExactlyElementsOf(answers.keySet());
	}

	@ParameterizedTest
	@MethodSource("names")
	void serverWhenAskedThenGivesTheAnswerThatIsShown(String name) {
		String truth = shown(answers.get(name).get());
		assertThat(ShownText.texts("answer", name, truth)).isNotEmpty().containsOnly(truth);
	}

	static Iterable<String> names() {
		return answers.keySet();
	}

	private static String shown(RawResponse response) {
		StringBuilder text = new StringBuilder("HTTP/1.1 " + response.status() + "\n");
		for (String name : SHOWN) {
			if (response.has(name)) {
				text.append(name).append(": ").append(response.header(name)).append('\n');
			}
		}
		return text + ((response.body().length > 0) ? "\n" + response.text() + "\n" : "");
	}

	private static String token(String subject) {
		return issuer.token(URL, subject, "read:projects");
	}

	private static RawRequest list() {
		return message("tools/list");
	}

	private static RawRequest message(String method) {
		return RawRequest.post(ModernRequest.of(method));
	}

	private static RawRequest call(String tool) {
		return RawRequest.post(ModernRequest.callTool(tool, Map.of()));
	}

	private static RawRequest ping() {
		return RawRequest.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
	}

	private static RawRequest bearer(RawRequest request, String token) {
		return request.header("Authorization", "Bearer " + token);
	}

	private static RawResponse send(RawRequest request) {
		return RawConnection.send(server, request);
	}

	static class Tools {

		@McpTool(name = "about", description = "Says what this is")
		@ToolPolicy(access = Access.PUBLIC)
		String about() {
			return "A server";
		}

		@McpTool(name = "create_project", description = "Creates a project")
		@ToolPolicy(scopes = "write:projects")
		String create() {
			return "Done";
		}

		@McpTool(name = "generate_report", description = "Generates a report")
		@ToolPolicy(rateLimit = "1/1h")
		String report() {
			return "Done";
		}

	}

}
