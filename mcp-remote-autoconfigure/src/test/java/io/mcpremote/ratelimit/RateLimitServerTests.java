// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.mcpremote.call.CallLimited;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MovableTime;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers in a loop are told to wait, by level, and nobody else suffers.
 */
class RateLimitServerTests {

	private static TestIssuer issuer;

	private static RunningServer server;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.rate-limit.session=6/1m", "mcp.remote.rate-limit.user=10/1m",
				"mcp.remote.rate-limit.address=3/1m", "mcp.remote.sessions.enabled=true",
				"mcp.remote.quota.user.daily=25", "mcp.remote.rate-limit.tenant=12/1m",
				"mcp.remote.security.tenant-claim=org", "mcp.remote.tools.open.access=public"));
		server = RunningServer.secured(properties, Tools.class, Heard.class, MovableTime.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@BeforeEach
	void nextMorning() {
		MutableClock clock = server.context().getBean(MutableClock.class);
		Instant morning = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(54));
		clock.advance(Duration.between(clock.instant(), morning));
	}

	@Test
	void callWhenWithinLimitsThenToldWhatIsLeft() {
		HttpResponse<String> response = call(token("paced", "one"), "echo");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("RateLimit-Policy"))
			.hasValue("\"session\";q=6;w=60, \"user\";q=10;w=60, \"user-day\";q=25");
		assertThat(response.headers().firstValue("RateLimit"))
			.hasValueSatisfying((value) -> assertThat(value).startsWith("\"session\";r=5;t=60, \"user\";r=9;t=60"));
	}

	@Test
	void callWhenClientIsInALoopThenLimitedUntilWindowEnds() {
		String token = token("looping", "one");
		assertThat(statuses(token, "echo", 8)).containsExactly(200, 200, 200, 200, 200, 200, 429, 429);
		HttpResponse<String> refused = call(token, "echo");
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
		assertThat(RunningServer.json(refused).at("/error/code").asInt()).isEqualTo(1429);
		assertThat(RunningServer.json(refused).at("/error/data/level").asString()).isEqualTo("session");
		assertThat(RunningServer.json(refused).at("/error/data/retryAfter").asInt()).isEqualTo(60);
		assertThat(refused.headers().firstValue("RateLimit"))
			.hasValueSatisfying((value) -> assertThat(value).startsWith("\"session\";r=0;t=60"));
		// Another client of the same user, until the user's limit
		assertThat(statuses(token("looping", "two"), "echo", 6)).containsExactly(200, 200, 200, 200, 429, 429);
		assertThat(call(token("innocent", "one"), "echo").statusCode()).isEqualTo(200);
		server.context().getBean(MutableClock.class).advance(Duration.ofMinutes(1));
		assertThat(call(token, "echo").statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenLimitedThenHeard() {
		Heard heard = server.context().getBean(Heard.class);
		int before = heard.events.size();
		statuses(token("heard", "one"), "echo", 8);
		assertThat(heard.events.subList(before, heard.events.size())).hasSize(2)
			.allSatisfy((event) -> assertThat(event.level()).isEqualTo("session"));
	}

	@Test
	void callWhenSessionThenOfItsOwn() {
		String token = token("sessions", "one");
		LegacyClient first = LegacyClient.begin(server, "2025-06-18", "{}", "Authorization", "Bearer " + token);
		assertThat(IntStream.range(0, 7).map((i) -> first.call(i, "ping", Map.of()).statusCode()).boxed().toList())
			.endsWith(429);
		LegacyClient second = LegacyClient.begin(server, "2025-06-18", "{}", "Authorization", "Bearer " + token);
		assertThat(second.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenToolHasLimitThenItsOwnAndNothingElseIsSpent() {
		String token = token("reporter", "one");
		assertThat(statuses(token, "report", 4)).containsExactly(200, 200, 429, 429);
		HttpResponse<String> refused = call(token, "report");
		assertThat(RunningServer.json(refused).at("/error/data/level").asString()).isEqualTo("tool");
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("3600");
		assertThat(refused.headers().firstValue("RateLimit-Policy"))
			.hasValueSatisfying((value) -> assertThat(value).endsWith("\"tool\";q=2;w=3600"));
		assertThat(refused.headers().firstValue("RateLimit"))
			.hasValueSatisfying((value) -> assertThat(value).startsWith("\"session\";r=4;"));
		assertThat(statuses(token, "echo", 5)).containsExactly(200, 200, 200, 200, 429);
		assertThat(call(token("another", "one"), "report").statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenToolIsDearThenCountsForMore() {
		assertThat(statuses(token("rich", "one"), "dear", 3)).containsExactly(200, 200, 429);
	}

	@Test
	void readWhenTemplateHasLimitThenForAllOfIt() {
		String token = token("reader", "one");
		assertThat(IntStream.range(0, 3)
			.map((i) -> send(
					ModernRequest.of("resources/read").param("uri", "docs://" + i).header("Mcp-Name", "docs://" + i),
					token)
				.statusCode())
			.boxed()
			.toList()).containsExactly(200, 200, 429);
	}

	@Test
	void callWhenQuotaIsUsedUpThenUntilTomorrow() {
		MutableClock clock = server.context().getBean(MutableClock.class);
		String token = token("busy", "one");
		List<Integer> statuses = new ArrayList<>();
		for (int minute = 0; minute < 5; minute++) {
			statuses.addAll(statuses(token, "echo", 6));
			clock.advance(Duration.ofMinutes(1));
		}
		assertThat(statuses.subList(0, 25)).containsOnly(200);
		assertThat(statuses.subList(25, 30)).containsOnly(429);
		HttpResponse<String> refused = call(token, "echo");
		assertThat(RunningServer.json(refused).at("/error/data/level").asString()).isEqualTo("user-day");
		// It is five past six
		assertThat(refused.headers().firstValue("Retry-After")).hasValue(Integer.toString((17 * 60 + 55) * 60));
		clock.advance(Duration.ofHours(18));
		assertThat(call(token("busy", "one"), "echo").statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenTenantIsUsedUpThenForAllItsUsers() {
		for (int i = 0; i < 12; i++) {
			assertThat(call(token("user " + i, "one", "acme"), "echo").statusCode()).isEqualTo(200);
		}
		HttpResponse<String> refused = call(token("late", "one", "acme"), "echo");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(RunningServer.json(refused).at("/error/data/level").asString()).isEqualTo("tenant");
		assertThat(call(token("late", "one", "other"), "echo").statusCode()).isEqualTo(200);
		assertThat(call(token("late", "one"), "echo").headers().firstValue("RateLimit-Policy"))
			.hasValueSatisfying((value) -> assertThat(value).doesNotContain("tenant"));
	}

	@Test
	void callWhenAnonymousThenByAddress() {
		List<Integer> statuses = IntStream.range(0, 5)
			.mapToObj((i) -> server.modern(ModernRequest.callTool("open", Map.of())).statusCode())
			.toList();
		assertThat(statuses).containsExactly(200, 200, 200, 429, 429);
		assertThat(call(token("signed in", "one"), "open").statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenDeniedThenCountsToo() {
		String token = token("curious", "one");
		assertThat(statuses(token, "no such tool", 8)).endsWith(429, 429);
	}

	@Test
	void listAndCompleteThenCountToo() {
		String token = token("lister", "one");
		List<ModernRequest> requests = List.of(ModernRequest.of("tools/list"), ModernRequest.of("server/discover"),
				ModernRequest.of("completion/complete")
					.param("ref", Map.of("type", "ref/prompt", "name", "summary"))
					.param("argument", Map.of("name", "topic", "value", "a")));
		List<Integer> statuses = IntStream.range(0, 8)
			.mapToObj((i) -> send(requests.get(i % 3), token).statusCode())
			.toList();
		assertThat(statuses.subList(0, 6)).containsOnly(200);
		assertThat(statuses.subList(6, 8)).containsOnly(429);
	}

	@Test
	void callWhenItGoesOnThenPaidOnceAndStateIsNoFreeTicket() {
		String token = token("asked", "one");
		HttpResponse<String> asked = send(elicits(), token);
		String state = RunningServer.json(asked).at("/result/requestState").asString();
		ModernRequest retry = elicits().param("requestState", state)
			.param("inputResponses", Map.of("elicitation/create-1", Map.of("action", "accept", "content", Map.of())));
		assertThat(call(token, "echo").headers().firstValue("RateLimit"))
			.hasValueSatisfying((value) -> assertThat(value).startsWith("\"session\";r=4"));
		assertThat(send(elicits().param("requestState", state), token).headers().firstValue("RateLimit"))
			.as("nothing is answered")
			.hasValueSatisfying((value) -> assertThat(value).startsWith("\"session\";r=3"));
		assertThat(send(retry, token).headers().firstValue("RateLimit")).isEmpty();
		assertThat(send(retry, token).headers().firstValue("RateLimit"))
			.hasValueSatisfying((value) -> assertThat(value).startsWith("\"session\";r=2"));
	}

	@Test
	void callWhenAnswersLeadNowhereThenNotForNothing() {
		String token = token("evasive", "one");
		HttpResponse<String> response = send(elicits(), token);
		int paid = 1;
		for (int i = 0; i < 4; i++) {
			String state = RunningServer.json(response).at("/result/requestState").asString();
			response = send(
					elicits().param("requestState", state)
						.param("inputResponses", Map.of("elicitation/create-1", Map.of("action", "no such action"))),
					token);
			paid += (response.headers().firstValue("RateLimit").isPresent()) ? 1 : 0;
		}
		// The first time may have been a mistake
		assertThat(paid).isEqualTo(4);
	}

	@Test
	void callWhenToolIsHiddenThenItsCostIsToo() {
		String hidden = call(token("nosy", "one"), "boss_only").headers().firstValue("RateLimit").orElseThrow();
		String unknown = call(token("curious too", "one"), "no such tool").headers()
			.firstValue("RateLimit")
			.orElseThrow();
		assertThat(hidden).isEqualTo(unknown).startsWith("\"session\";r=5");
	}

	private static ModernRequest elicits() {
		return ModernRequest.callTool("asks", Map.of()).capabilities(Map.of("elicitation", Map.of()));
	}

	private static List<Integer> statuses(String token, String tool, int calls) {
		return IntStream.range(0, calls).mapToObj((i) -> call(token, tool).statusCode()).toList();
	}

	private static HttpResponse<String> call(String token, String tool) {
		return send(ModernRequest.callTool(tool, Map.of()), token);
	}

	private static HttpResponse<String> send(ModernRequest request, String token) {
		return server.modern(request.header("Authorization", "Bearer " + token));
	}

	private static String token(String user, String client) {
		return token(user, client, null);
	}

	private static String token(String user, String client, String tenant) {
		Instant now = server.context().getBean(MutableClock.class).instant();
		return issuer.token(server.resource(), user,
				(claims) -> claims.claim("client_id", client)
					.claim("org", tenant)
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plus(Duration.ofDays(3)))));
	}

	static class Heard {

		final List<CallLimited> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(CallLimited event) {
			this.events.add(event);
		}

	}

	static class Tools {

		private final AtomicInteger reports = new AtomicInteger();

		@McpTool(name = "echo", description = "Echoes")
		String echo() {
			return "echo";
		}

		@McpTool(name = "open", description = "For everybody")
		String open() {
			return "open";
		}

		@McpTool(name = "report", description = "Generates a report")
		@ToolPolicy(rateLimit = "2/1h")
		String report() {
			return "report " + this.reports.incrementAndGet();
		}

		@McpTool(name = "dear", description = "Costs much")
		@ToolPolicy(cost = 3)
		String dear() {
			return "dear";
		}

		@McpTool(name = "boss_only", description = "Not for everybody")
		@ToolPolicy(roles = "boss", cost = 4, rateLimit = "5/1h")
		String bossOnly() {
			return "boss";
		}

		@McpTool(name = "asks", description = "Asks a question")
		String asks(McpSyncRequestContext context) {
			return String.valueOf(context.elicit((spec) -> spec.message("Sure?"), Map.class).action());
		}

		@McpPrompt(name = "summary", description = "Sums up")
		String summary(@McpArg(name = "topic") String topic) {
			return topic;
		}

		@McpComplete(prompt = "summary")
		List<String> topics(String topic) {
			return List.of(topic + "bc");
		}

		@McpResource(uri = "docs://{id}", name = "docs", description = "Documents")
		@ToolPolicy(rateLimit = "2/1h")
		String docs(String id) {
			return id;
		}

	}

}
