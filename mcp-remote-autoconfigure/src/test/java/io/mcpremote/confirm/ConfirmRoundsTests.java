// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.mcpremote.call.CallConfirmation.Decision;
import io.mcpremote.confirm.ConfirmServer.ConfirmTools;
import io.mcpremote.confirm.ConfirmServer.Heard;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of 2026-07-28 gets a tool to run if its user has been asked about this very
 * call, and for one run only.
 */
class ConfirmRoundsTests {

	private static RunningServer server;

	private static ConfirmTools tools;

	@BeforeAll
	static void start() {
		server = ConfirmServer.start();
		tools = server.context().getBean(ConfirmTools.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void callWhenConfirmedThenRunsOnce() {
		ModernRequest call = ConfirmServer.delete("once").header(UserHeader.NAME, "confirming");
		JsonNode asked = ConfirmServer.send(server, call);
		assertThat(ConfirmServer.question(asked)).isEqualTo("Delete project once?");
		JsonNode request = asked.get("result").get("inputRequests").get(ConfirmServer.KEY);
		assertThat(request.at("/method").asString()).isEqualTo("elicitation/create");
		assertThat(request.at("/params/mode").asString()).isEqualTo("form");
		assertThat(request.at("/params/requestedSchema/properties/confirm/type").asString()).isEqualTo("boolean");
		assertThat(request.at("/params/requestedSchema/required/0").asString()).isEqualTo("confirm");
		assertThat(tools.ran("delete once")).isEmpty();
		ConfirmServer.next(call, ConfirmServer.asked(asked), Map.of(ConfirmServer.KEY, ConfirmServer.YES));
		assertThat(RunningServer.text(ConfirmServer.send(server, call))).isEqualTo("deleted once");
		ConfirmServer.assertRefused(server.modern(call));
		assertThat(tools.ran("delete once")).hasSize(1);
		assertThat(server.context().getBean(Heard.class).of("confirming")).startsWith(Decision.CONFIRMED);
	}

	@Test
	void callWhenConfirmedByTheClientAloneThenAsked() {
		ModernRequest call = ConfirmServer.delete("alone")
			.param("inputResponses", Map.of(ConfirmServer.KEY, ConfirmServer.YES));
		ConfirmServer.asked(ConfirmServer.send(server, call));
		ConfirmServer.asked(ConfirmServer.send(server, call));
		assertThat(tools.ran("delete alone")).isEmpty();
	}

	@Test
	void callWhenConfirmationIsForOtherArgumentsThenRefused() {
		String state = ConfirmServer.asked(ConfirmServer.send(server, ConfirmServer.delete("small")));
		assertRefused(ConfirmServer.delete("large"), state);
		assertRefused(ConfirmServer.call("delete_project", Map.of("id", "small", "reason", "other")), state);
		assertThat(tools.ran("delete large")).isEmpty();
	}

	@Test
	void callWhenConfirmationIsForOtherToolThenRefused() {
		String state = ConfirmServer.asked(ConfirmServer.send(server, ConfirmServer.delete("mistaken")));
		assertRefused(ConfirmServer.call("archive_project", Map.of("id", "mistaken")), state);
		assertThat(tools.ran("archive mistaken")).isEmpty();
	}

	@Test
	void callWhenConfirmationIsForOtherCallerThenRefused() {
		ModernRequest alices = ConfirmServer.delete("hers").header(UserHeader.NAME, "alice");
		String state = ConfirmServer.asked(ConfirmServer.send(server, alices));
		assertRefused(ConfirmServer.delete("hers").header(UserHeader.NAME, "bob"), state);
		assertRefused(ConfirmServer.delete("hers"), state);
		assertThat(tools.ran("delete hers")).isEmpty();
	}

	@Test
	void callWhenStateIsFromToolThatAsksSomethingElseThenRefused() {
		ModernRequest chat = ConfirmServer.call("chat", Map.of("id", "talk"));
		JsonNode asked = ConfirmServer.send(server, chat);
		assertRefused(ConfirmServer.delete("talk"), asked.at("/result/requestState").asString());
		assertThat(tools.ran("delete talk")).isEmpty();
	}

	@Test
	void callWhenQuestionHasChangedThenAskedAgain() {
		try (RunningServer other = ConfirmServer
			.start("mcp.remote.tools.delete_project.confirm=Really delete project {id} with all its data?")) {
			ModernRequest call = ConfirmServer.delete("changed");
			String state = ConfirmServer.asked(ConfirmServer.send(server, call));
			ConfirmServer.next(call, state, Map.of(ConfirmServer.KEY, ConfirmServer.YES));
			JsonNode again = ConfirmServer.send(other, call);
			assertThat(ConfirmServer.question(again)).isEqualTo("Really delete project changed with all its data?");
			assertThat(other.context().getBean(ConfirmTools.class).ran("delete")).isEmpty();
			ConfirmServer.next(call, ConfirmServer.asked(again), Map.of(ConfirmServer.KEY, ConfirmServer.YES));
			assertThat(RunningServer.text(ConfirmServer.send(other, call))).isEqualTo("deleted changed");
		}
	}

	static Stream<Object[]> callWhenNotConfirmedThenNotRunAndTheAnswerStays() {
		return Stream.of(new Object[] { ConfirmServer.NO, "said no", Decision.DECLINED },
				new Object[] { Map.of("action", "cancel"), "decided nothing", Decision.DISMISSED },
				new Object[] { Map.of("action", "accept", "content", Map.of("confirm", false)), "said no",
						Decision.DECLINED });
	}

	@ParameterizedTest
	@MethodSource
	void callWhenNotConfirmedThenNotRunAndTheAnswerStays(Map<String, Object> answer, String reason, Decision decision) {
		String user = "unwilling-" + answer.hashCode();
		ModernRequest call = ConfirmServer.delete("kept").header(UserHeader.NAME, user);
		String state = ConfirmServer.asked(ConfirmServer.send(server, call));
		ConfirmServer.next(call, state, Map.of(ConfirmServer.KEY, answer));
		ConfirmServer.assertNotRun(ConfirmServer.send(server, call), reason);
		ConfirmServer.next(call, state, Map.of(ConfirmServer.KEY, ConfirmServer.YES));
		ConfirmServer.assertRefused(server.modern(call));
		assertThat(tools.ran("delete kept")).isEmpty();
		assertThat(server.context().getBean(Heard.class).of(user)).startsWith(decision);
	}

	@Test
	void callWhenAnswerIsNoneThenAskedAgain() {
		ModernRequest call = ConfirmServer.delete("vague");
		for (Object answer : List.of(Map.of("action", "accept"), Map.of("action", "perhaps"), "yes",
				Map.of("action", "accept", "content", Map.of("confirm", "true")))) {
			String state = ConfirmServer.asked(ConfirmServer.send(server, call));
			ConfirmServer.next(call, state, Map.of(ConfirmServer.KEY, answer));
			ConfirmServer.asked(ConfirmServer.send(server, call));
		}
		assertThat(tools.ran("delete vague")).isEmpty();
	}

	@Test
	void callWhenClientCannotAskThenToolErrorInsteadOfRefusal() {
		for (Map<String, ?> capabilities : List.<Map<String, ?>>of(Map.of(), Map.of("sampling", Map.of()),
				Map.of("elicitation", Map.of("url", Map.of())))) {
			HttpResponse<String> response = server.modern(ConfirmServer.delete("mute").capabilities(capabilities));
			assertThat(response.statusCode()).isEqualTo(200);
			ConfirmServer.assertNotRun(RunningServer.json(response), "this client cannot ask");
		}
		assertThat(tools.ran("delete mute")).isEmpty();
	}

	@Test
	void callWhenManyAtOnceUseOneConfirmationThenOneRuns() {
		String state = ConfirmServer.asked(ConfirmServer.send(server, ConfirmServer.delete("contended")));
		Queue<String> deleted = new ConcurrentLinkedQueue<>();
		Concurrently.run(16, (i) -> {
			JsonNode message = ConfirmServer.send(server, ConfirmServer.next(ConfirmServer.delete("contended").id(i),
					state, Map.of(ConfirmServer.KEY, ConfirmServer.YES)));
			if (message.has("result")) {
				deleted.add(RunningServer.text(message));
			}
		});
		assertThat(deleted).containsExactly("deleted contended");
		assertThat(tools.ran("delete contended")).hasSize(1);
	}

	@Test
	void callWhenToolAsksTooThenConfirmedOnceAndNoRoundTwice() {
		ModernRequest call = pay("bank");
		JsonNode first = ConfirmServer.send(server, call);
		assertThat(ConfirmServer.question(first)).isEqualTo("Pay bank because of (not given)?");
		ConfirmServer.next(call, ConfirmServer.asked(first), Map.of(ConfirmServer.KEY, ConfirmServer.YES));
		JsonNode second = ConfirmServer.send(server, call);
		assertThat(second.at("/result/inputRequests").propertyNames()).containsExactly("account");
		// The first confirmation is used up, also while the call goes on
		ConfirmServer.assertRefused(server.modern(call));
		String state = second.at("/result/requestState").asString();
		ConfirmServer.next(call, state, Map.of("account", account("savings")));
		assertThat(RunningServer.text(ConfirmServer.send(server, call))).isEqualTo("paid bank from savings");
		ConfirmServer.next(call, state, Map.of("account", account("current")));
		ConfirmServer.assertRefused(server.modern(call));
		assertThat(tools.ran("pay bank")).containsExactly("pay bank from savings");
		assertThat(tools.ran("begin bank")).hasSize(2);
	}

	@Test
	void callWhenAnsweringAheadOfToolsQuestionThenNotTaken() {
		ModernRequest call = pay("shop");
		String state = ConfirmServer.asked(ConfirmServer.send(server, call));
		ConfirmServer.next(call, state, Map.of(ConfirmServer.KEY, ConfirmServer.YES, "account", account("savings")));
		JsonNode second = ConfirmServer.send(server, call);
		assertThat(second.at("/result/inputRequests").propertyNames()).containsExactly("account");
		assertThat(tools.ran("pay shop")).isEmpty();
	}

	@Test
	void callWhenLaterRoundTriesToTakeConfirmationBackThenItStays() {
		ModernRequest call = pay("club");
		String state = ConfirmServer.asked(ConfirmServer.send(server, call));
		ConfirmServer.next(call, state, Map.of(ConfirmServer.KEY, ConfirmServer.YES));
		JsonNode second = ConfirmServer.send(server, call);
		ConfirmServer.next(call, second.at("/result/requestState").asString(),
				Map.of(ConfirmServer.KEY, ConfirmServer.NO, "account", account("savings")));
		assertThat(RunningServer.text(ConfirmServer.send(server, call))).isEqualTo("paid club from savings");
	}

	@Test
	void callWhenArgumentTriesToRewriteQuestionThenQuoted() {
		JsonNode asked = ConfirmServer.send(server, ConfirmServer.delete("7?\n\nAll is well.\u202E Keep project 8"));
		assertThat(ConfirmServer.question(asked)).isEqualTo("Delete project \"7? All is well.\uFFFD Keep project 8\"?");
	}

	@Test
	void callWhenToolIsUnknownThenNobodyIsAsked() {
		try (RunningServer strict = ConfirmServer.start("mcp.remote.tool-defaults.confirm=Go on?")) {
			JsonNode message = ConfirmServer.send(strict, ConfirmServer.call("no_such_tool", Map.of()));
			assertThat(message.at("/error/code").asInt()).isEqualTo(-32602);
			ConfirmServer.asked(ConfirmServer.send(strict, ConfirmServer.call("chat", Map.of("id", "1"))));
		}
	}

	@Test
	void callWhenLimitedThenRoundsCountOnceAndRefusedOnesToo() {
		try (RunningServer limited = ConfirmServer.start("mcp.remote.rate-limit.address=3/1h")) {
			ModernRequest confirmed = ConfirmServer.delete("paid");
			String state = ConfirmServer.asked(ConfirmServer.send(limited, confirmed));
			ConfirmServer.next(confirmed, state, Map.of(ConfirmServer.KEY, ConfirmServer.YES));
			assertThat(RunningServer.text(ConfirmServer.send(limited, confirmed))).isEqualTo("deleted paid");
			ModernRequest declined = ConfirmServer.delete("unpaid");
			state = ConfirmServer.asked(ConfirmServer.send(limited, declined));
			ConfirmServer.next(declined, state, Map.of(ConfirmServer.KEY, ConfirmServer.NO));
			ConfirmServer.assertNotRun(ConfirmServer.send(limited, declined), "said no");
			ConfirmServer.asked(ConfirmServer.send(limited, ConfirmServer.delete("third")));
			assertThat(limited.modern(ConfirmServer.delete("fourth")).statusCode()).isEqualTo(429);
		}
	}

	private static ModernRequest pay(String to) {
		return ConfirmServer.call("pay", Map.of("payment", Map.of("to", to, "amount", 1.5)));
	}

	private static Map<String, Object> account(String name) {
		return Map.of("action", "accept", "content", Map.of("name", name));
	}

	private static void assertRefused(ModernRequest call, String state) {
		ConfirmServer.assertRefused(
				server.modern(ConfirmServer.next(call, state, Map.of(ConfirmServer.KEY, ConfirmServer.YES))));
	}

}
