// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.policy.Deprecation;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MovableTime;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import io.mcpremote.test.UserHeader;
import io.mcpremote.transport.InputRounds;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A deprecated tool says so, its calls are told of, and from the day of its removal on it
 * is not there.
 */
@ExtendWith(OutputCaptureExtension.class)
class SunsetServerTests {

	@Test
	void listWhenToolIsDeprecatedThenSaysSoToModelsAndPrograms() {
		try (RunningServer server = start("2099-01-31")) {
			for (JsonNode tools : List.of(modernList(server), legacyList(server))) {
				JsonNode old = tool(tools, "old");
				assertThat(old.get("description").asString())
					.isEqualTo("Deprecated since 2.0, to be removed on 2099-01-31. Use 'fresh' instead. Does it the old"
							+ " way");
				JsonNode mark = old.get("_meta").get("io.mcpremote/deprecated");
				assertThat(RunningServer.plain(mark))
					.isEqualTo(Map.of("since", "2.0", "removal", "2099-01-31", "replacedBy", "fresh"));
				assertThat(old.at("/inputSchema/properties/id/type").asString()).isEqualTo("string");
				JsonNode fresh = tool(tools, "fresh");
				assertThat(fresh.get("description").asString()).isEqualTo("Does it");
				assertThat(fresh.has("_meta")).isFalse();
				assertThat(tool(tools, "vague").get("description").asString()).isEqualTo("Deprecated. Is vague");
				assertThat(tool(tools, "vague").get("_meta").get("io.mcpremote/deprecated")).isEmpty();
			}
			assertThat(text(server, "old")).isEqualTo("old 1");
		}
	}

	@Test
	void callWhenDayOfRemovalComesThenRefusedAndNotListed() {
		LocalDate removal = LocalDate.now(ZoneOffset.UTC).plusDays(2);
		try (RunningServer server = start(removal.toString())) {
			MutableClock clock = server.context().getBean(MutableClock.class);
			assertThat(text(server, "old")).isEqualTo("old 1");
			advanceTo(clock, removal, Duration.ofSeconds(-1));
			assertThat(text(server, "old")).isEqualTo("old 1");
			assertThat(modernList(server).toString()).contains("\"old\"");
			advanceTo(clock, removal, Duration.ZERO);
			HttpResponse<String> refused = server.modern(call("old"));
			assertThat(refused.statusCode()).isEqualTo(200);
			assertThat(RunningServer.json(refused).at("/result/isError").asBoolean()).isTrue();
			assertThat(RunningServer.text(RunningServer.json(refused)))
				.isEqualTo("The tool 'old' was removed on " + removal + ". Use 'fresh' instead.");
			JsonNode legacy = RunningServer.json(server
				.post(LegacyClient.message(1, "tools/call", Map.of("name", "old", "arguments", Map.of("id", "1")))));
			assertThat(legacy.at("/result/isError").asBoolean()).isTrue();
			assertThat(modernList(server).toString()).doesNotContain("\"old\"").contains("\"fresh\"");
			assertThat(legacyList(server).toString()).doesNotContain("\"old\"").contains("\"fresh\"");
			assertThat(text(server, "fresh")).isEqualTo("fresh 1");
		}
	}

	@Test
	void callWhenNothingTakesItsPlaceThenSaysSo() {
		try (RunningServer server = start("2001-01-01", "mcp.remote.tools.vague.deprecated.removal=2001-02-03")) {
			assertThat(text(server, "vague"))
				.isEqualTo("The tool 'vague' was removed on 2001-02-03. Nothing has taken its place.");
		}
	}

	@Test
	void callWhenToolIsHiddenThenUnknownRatherThanRemoved() {
		try (TestIssuer issuer = new TestIssuer();
				RunningServer server = RunningServer.secured(List.of(issuer.properties().get(0),
						"mcp.remote.security.denied-tools=hide", "mcp.remote.tools.old.scopes=old:use",
						"mcp.remote.tools.old.deprecated.removal=2001-01-01"), Tools.class)) {
			String unknown = refusal(server, issuer.token(server.resource(), "ada"), "old");
			assertThat(unknown)
				.isEqualTo(refusal(server, issuer.token(server.resource(), "ada"), "odd").replace("odd", "old"));
			HttpResponse<String> known = server.modern(
					call("old").header("Authorization", "Bearer " + issuer.token(server.resource(), "ada", "old:use")));
			assertThat(RunningServer.text(RunningServer.json(known))).contains("was removed");
		}
	}

	@Test
	void callWhenToolIsDeprecatedThenEveryOneIsHeardOfAndLoggedOnceADay(CapturedOutput output) {
		try (RunningServer server = start("2099-01-31")) {
			MutableClock clock = server.context().getBean(MutableClock.class);
			Heard heard = server.context().getBean(Heard.class);
			server.modern(call("old").header(UserHeader.NAME, "ada"));
			server.modern(call("old").header(UserHeader.NAME, "ada"));
			server.modern(call("old").header(UserHeader.NAME, "bob"));
			server.modern(call("fresh").header(UserHeader.NAME, "ada"));
			assertThat(heard.events).hasSize(3)
				.allSatisfy((event) -> assertThat(event.tool()).isEqualTo("old"))
				.allSatisfy((event) -> assertThat(event.removal()).isEqualTo("2099-01-31"))
				.allSatisfy((event) -> assertThat(event.replacedBy()).isEqualTo("fresh"))
				.noneMatch(DeprecatedCall::removed)
				.extracting((event) -> event.caller().subject())
				.containsExactly("ada", "ada", "bob");
			assertThat(lines(output, "of ada is of the deprecated tool 'old'")).isEqualTo(1);
			assertThat(lines(output, "of bob is of the deprecated tool 'old'")).isEqualTo(1);
			clock.advance(Duration.ofDays(1));
			server.modern(call("old").header(UserHeader.NAME, "ada"));
			assertThat(lines(output, "of ada is of the deprecated tool 'old'")).isEqualTo(2);
		}
	}

	@Test
	void callWhenOfSeveralRoundsThenHeardOfOnce() {
		try (RunningServer server = start("2099-01-31")) {
			ModernRequest call = call("asking").capabilities(Map.of("elicitation", Map.of()));
			JsonNode asked = RunningServer.json(server.modern(call));
			call.param("requestState", asked.at("/result/requestState").asString())
				.param("inputResponses", Map.of("who", Map.of("action", "decline")));
			assertThat(RunningServer.text(RunningServer.json(server.modern(call)))).isEqualTo("DECLINE");
			assertThat(server.context().getBean(Heard.class).events).hasSize(1);
		}
	}

	@Test
	void versionThenToldInBothEras() {
		try (RunningServer server = start("2099-01-31")) {
			JsonNode initialized = RunningServer.json(server.post("""
					{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
					"capabilities":{},"clientInfo":{"name":"test-client","version":"1"}}}"""));
			assertThat(initialized.at("/result/serverInfo/version").asString()).isEqualTo("1.2.3");
			JsonNode discovered = RunningServer.json(server.modern(ModernRequest.of("server/discover")));
			assertThat(discovered.get("result")
				.get("_meta")
				.get("io.modelcontextprotocol/serverInfo")
				.get("version")
				.asString()).isEqualTo("1.2.3");
		}
	}

	private static RunningServer start(String removal, String... more) {
		List<String> properties = new ArrayList<>(List.of("mcp.remote.tools.old.deprecated.since=2.0",
				"mcp.remote.tools.old.deprecated.removal=" + removal,
				"mcp.remote.tools.old.deprecated.replaced-by=fresh"));
		properties.addAll(List.of(more));
		return RunningServer.start(properties, Tools.class, Heard.class, UserHeader.class, MovableTime.class);
	}

	private static void advanceTo(MutableClock clock, LocalDate day, Duration later) {
		clock.advance(Duration.between(clock.instant(), day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(later)));
	}

	private static ModernRequest call(String tool) {
		return ModernRequest.callTool(tool, Map.of("id", "1"));
	}

	private static String text(RunningServer server, String tool) {
		return RunningServer.text(RunningServer.json(server.modern(call(tool))));
	}

	private static String refusal(RunningServer server, String token, String tool) {
		HttpResponse<String> response = server.modern(call(tool).header("Authorization", "Bearer " + token));
		return response.statusCode() + " " + RunningServer.json(response).get("error");
	}

	private static JsonNode modernList(RunningServer server) {
		return RunningServer.json(server.modern(ModernRequest.of("tools/list"))).at("/result/tools");
	}

	private static JsonNode legacyList(RunningServer server) {
		return RunningServer.json(server.post(LegacyClient.message(1, "tools/list", Map.of()))).at("/result/tools");
	}

	private static JsonNode tool(JsonNode tools, String name) {
		for (JsonNode tool : tools) {
			if (name.equals(tool.get("name").asString())) {
				return tool;
			}
		}
		throw new AssertionError("No " + name + " in " + tools);
	}

	private static long lines(CapturedOutput output, String part) {
		return output.getAll().lines().filter((line) -> line.contains(part)).count();
	}

	static class Tools {

		@McpTool(name = "old", description = "Does it the old way")
		String old(String id) {
			return "old " + id;
		}

		@McpTool(name = "fresh", description = "Does it")
		String fresh(String id) {
			return "fresh " + id;
		}

		@McpTool(name = "vague", description = "Is vague")
		@ToolPolicy(deprecated = @Deprecation)
		String vague(String id) {
			return "vague " + id;
		}

		@McpTool(name = "asking", description = "Asks")
		@ToolPolicy(deprecated = @Deprecation)
		String asking(McpSyncRequestContext context, String id) {
			return InputRounds.of(context)
				.ask((ask) -> ask.elicit("who", ElicitFormRequest.builder("Who?", Map.of("type", "object")).build()))
				.elicitation("who")
				.action()
				.toString();
		}

	}

	/**
	 * What listeners hear.
	 */
	static class Heard {

		private final Queue<DeprecatedCall> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void on(DeprecatedCall event) {
			this.events.add(event);
		}

	}

}
