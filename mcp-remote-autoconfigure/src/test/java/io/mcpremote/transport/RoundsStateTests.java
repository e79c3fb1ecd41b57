// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Caller;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Revision;
import io.mcpremote.call.StartupException;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * State that travels through clients is of no use to anybody but the one it was given to,
 * and for nothing but the call it was given for.
 */
@ExtendWith(OutputCaptureExtension.class)
class RoundsStateTests {

	private static final InputRequest QUESTION = new InputRequest("elicitation/create",
			ElicitFormRequest.builder("Who?", Map.of("type", "object")).build());

	private static final String KEY = key(1);

	private static final String OTHER_KEY = key(2);

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = start(KEY);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void openWhenUnchangedThenCallGoesOn() {
		assertThat(text(server.modern(retry(state(server, ask("deposit")), "deposit")))).isEqualTo("very secret Ada");
	}

	@Test
	void openWhenAnyCharacterIsChangedThenRefused() {
		RequestStateCodec codec = RequestStateCodec.withKeys(List.of(KEY));
		String sealed = codec.seal(requestState(codec, Instant.now(), "carried"));
		assertThatNoException().isThrownBy(() -> codec.open(sealed));
		for (int i = 0; i < sealed.length(); i++) {
			for (char other : new char[] { 'A', 'b', '9', '_', '.', ' ', '=', '\u00e9' }) {
				String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
				if (!changed.equals(sealed) && !sameBytes(changed, sealed)) {
					assertThatExceptionOfType(RequestStateCodec.InvalidStateException.class).as("at " + i)
						.isThrownBy(() -> codec.open(changed));
				}
			}
		}
	}

	@Test
	void openWhenTruncatedThenRefused() {
		RequestStateCodec codec = RequestStateCodec.withKeys(List.of(KEY));
		String sealed = codec.seal(requestState(codec, Instant.now(), "carried"));
		for (int length = 0; length < sealed.length(); length++) {
			String truncated = sealed.substring(0, length);
			assertThatExceptionOfType(RequestStateCodec.InvalidStateException.class).as("to " + length)
				.isThrownBy(() -> codec.open(truncated));
		}
	}

	@Test
	void openWhenOfAnEarlierFormThenRefusedForThat() {
		RequestStateCodec codec = RequestStateCodec.withKeys(List.of(KEY));
		String sealed = codec.seal(requestState(codec, Instant.now(), "carried"));
		assertThat(sealed).startsWith("v2.");
		assertThatExceptionOfType(RequestStateCodec.InvalidStateException.class)
			.isThrownBy(() -> codec.open("v1" + sealed.substring(2)))
			.withMessage("it has no known form");
	}

	@Test
	void openWhenTruncatedOnTheWayThenRefused() {
		String state = state(server, ask("deposit"));
		for (int length : new int[] { 16, 17, 20, 30, 37, 40, 50, 60, 61, state.length() - 1 }) {
			assertRefused(server.modern(retry(state.substring(0, length), "deposit")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "v2..", "v2.000000000000.AAAA", "v1.x.y", "v2", "null", "\u0000",
			"v2.a.b.c", "{}" })
	void openWhenGarbageThenRefused(String state) {
		assertRefused(server.modern(retry(state, "deposit")));
	}

	@Test
	void openWhenNoStringThenRefused() {
		for (Object state : new Object[] { 7, true, List.of(), Map.of("a", 1) }) {
			assertRefused(server.modern(ask("deposit").param("requestState", state)));
		}
	}

	@Test
	void openWhenChangedOnTheWayThenRefusedWithoutSayingWhy(CapturedOutput output) {
		String state = state(server, ask("deposit"));
		int middle = state.length() / 2;
		char other = (state.charAt(middle) != 'x') ? 'x' : 'y';
		String changed = state.substring(0, middle) + other + state.substring(middle + 1);
		HttpResponse<String> forged = server.modern(retry(changed, "deposit"));
		assertRefused(forged);
		assertThat(output).contains("it has been changed");
		HttpResponse<String> elsewhere = server.modern(retry(state, "withdraw"));
		assertRefused(elsewhere);
		assertThat(output).contains("it belongs to another target");
		assertThat(message(forged)).isEqualTo(message(elsewhere));
	}

	@Test
	void openWhenOtherArgumentsThenRefused(CapturedOutput output) {
		String state = state(server, ask("deposit", Map.of("amount", 1)));
		assertRefused(server.modern(retry(state, "deposit", Map.of("amount", 2))));
		assertRefused(server.modern(retry(state, "deposit", Map.of())));
		assertRefused(server.modern(retry(state, "deposit", Map.of("amount", "1"))));
		assertRefused(server.modern(retry(state, "deposit", Map.of("amount", 1, "to", "me"))));
		assertThat(output).contains("it belongs to another set of arguments");
	}

	@Test
	void openWhenArgumentsAreOnlyReorderedThenAccepted() {
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("amount", 1);
		arguments.put("to", orderedMap("a", 1, "b", List.of(1, 2)));
		Map<String, Object> reordered = new LinkedHashMap<>();
		reordered.put("to", orderedMap("b", List.of(1, 2), "a", 1));
		reordered.put("amount", 1);
		String state = state(server, ask("deposit", arguments));
		assertThat(text(server.modern(retry(state, "deposit", reordered)))).endsWith("Ada");
		reordered.put("to", orderedMap("b", List.of(2, 1), "a", 1));
		assertRefused(server.modern(retry(state, "deposit", reordered)));
	}

	@Test
	void openWhenOtherMethodThenRefused(CapturedOutput output) {
		String state = state(server, ask("deposit"));
		ModernRequest prompt = ModernRequest.of("prompts/get")
			.param("name", "deposit")
			.param("arguments", Map.of())
			.header("Mcp-Name", "deposit")
			.param("requestState", state);
		assertRefused(server.modern(prompt));
		assertThat(output).contains("it belongs to another method");
	}

	@Test
	void openWhenOtherCallerThenRefused(CapturedOutput output) {
		String state = state(server, ask("deposit").header(UserHeader.NAME, "ada"));
		assertThat(text(server.modern(retry(state, "deposit").header(UserHeader.NAME, "ada")))).endsWith("Ada");
		assertRefused(server.modern(retry(state, "deposit").header(UserHeader.NAME, "bob")));
		assertRefused(server.modern(retry(state, "deposit")));
		assertRefused(server.modern(retry(state(server, ask("deposit")), "deposit").header(UserHeader.NAME, "ada")));
		assertThat(output).contains("it belongs to another caller");
	}

	@Test
	void openWhenExpiredThenRefused() throws RefusedException {
		MutableClock clock = new MutableClock();
		RequestRounds rounds = rounds(clock);
		String state = rounds.seal(call("tool", Map.of()), false, true, null, RequestState.Progress.NONE);
		clock.advance(Duration.ofMinutes(10));
		assertThat(rounds.open(call("tool", Map.of("requestState", state)), null).required()).isNull();
		clock.advance(Duration.ofMillis(1));
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> rounds.open(call("tool", Map.of("requestState", state)), null))
			.satisfies((ex) -> assertThat(ex.refusal().message()).doesNotContain("10"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 20 })
	void openWhenQuestionHasLimitOfItsOwnThenTheShorterOneCounts(int minutes) throws RefusedException {
		MutableClock clock = new MutableClock();
		RequestRounds rounds = rounds(clock);
		String state = asked(rounds.open(call("tool", Map.of()), null), "one", Duration.ofMinutes(minutes));
		clock.advance(Duration.ofMinutes(Math.min(minutes, 10)));
		assertThat(rounds.open(call("tool", Map.of("requestState", state)), null)).isNotNull();
		clock.advance(Duration.ofMillis(1));
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> rounds.open(call("tool", Map.of("requestState", state)), null));
	}

	@Test
	void openWhenOtherQuestionFollowsThenHasUsualTime() throws RefusedException {
		MutableClock clock = new MutableClock();
		RequestRounds rounds = rounds(clock);
		String state = asked(rounds.open(call("tool", Map.of()), null), "one", Duration.ofMinutes(2));
		RoundsChannel next = rounds.open(
				call("tool",
						Map.of("requestState", state, "inputResponses", Map.of("one", Map.of("action", "decline")))),
				null);
		next.ask(Map.of("one", QUESTION), Duration.ofMinutes(2)).join();
		String later = asked(next, "two");
		clock.advance(Duration.ofMinutes(9));
		assertThat(rounds.open(call("tool", Map.of("requestState", later)), null)).isNotNull();
	}

	@Test
	void useUpWhenStateMayBeUsedOnceThenNoTargetBegins() throws RefusedException {
		RequestRounds rounds = rounds(new MutableClock());
		RoundsChannel first = rounds.open(call("tool", Map.of()), null);
		first.singleUse();
		String state = asked(first, "one");
		RoundsChannel declined = rounds.open(call("tool", Map.of("requestState", state)), null);
		declined.useUp();
		RoundsChannel again = rounds.open(call("tool", Map.of("requestState", state)), null);
		assertThat(again.begin()).isEqualTo(RequestRounds.INVALID_STATE);
	}

	@Test
	void openWhenRoundsGoOnThenTimeBeginsAnew() throws RefusedException {
		MutableClock clock = new MutableClock();
		RequestRounds rounds = rounds(clock);
		String state = asked(rounds.open(call("tool", Map.of()), null), "one");
		clock.advance(Duration.ofMinutes(9));
		state = asked(rounds.open(call("tool", Map.of("requestState", state)), null), "two");
		clock.advance(Duration.ofMinutes(9));
		assertThat(rounds.open(call("tool", Map.of("requestState", state)), null)).isNotNull();
	}

	@Test
	void singleUseWhenUsedTwiceThenSecondIsRefused(CapturedOutput output) {
		String state = state(server, ask("once"));
		assertThat(text(server.modern(retry(state, "once")))).isEqualTo("once Ada");
		assertRefused(server.modern(retry(state, "once")));
		assertThat(output).contains("it has been used before");
	}

	@Test
	void singleUseWhenServerHasBegunSinceThenRefused(CapturedOutput output) {
		String once = state(server, ask("once"));
		String often = state(server, ask("deposit"));
		try (RunningServer begun = start(KEY)) {
			assertRefused(begun.modern(retry(once, "once")));
			assertThat(output).contains("or may have been");
			assertThat(text(begun.modern(retry(often, "deposit")))).isEqualTo("very secret Ada");
		}
	}

	@Test
	void singleUseWhenNotWantedThenStateCanBeUsedAgain() {
		String state = state(server, ask("deposit"));
		assertThat(text(server.modern(retry(state, "deposit")))).endsWith("Ada");
		assertThat(text(server.modern(retry(state, "deposit")))).endsWith("Ada");
	}

	@Test
	void openWhenServerHasOtherKeyThenRefused(CapturedOutput output) {
		String state = state(server, ask("deposit"));
		try (RunningServer other = start(OTHER_KEY)) {
			assertRefused(other.modern(retry(state, "deposit")));
			assertThat(output).contains("its key is not among the configured ones");
		}
	}

	@Test
	void openWhenReplicaHasSameKeyThenCallGoesOnThere() {
		try (RunningServer replica = start(KEY)) {
			String state = state(server, ask("deposit"));
			assertThat(text(replica.modern(retry(state, "deposit")))).isEqualTo("very secret Ada");
			String back = state(replica, ask("deposit"));
			assertThat(text(server.modern(retry(back, "deposit")))).isEqualTo("very secret Ada");
		}
	}

	@Test
	void openWhenKeyIsBeingReplacedThenAcceptedUntilItIsGone() throws Exception {
		RequestStateCodec before = RequestStateCodec.withKeys(List.of(KEY));
		RequestStateCodec both = RequestStateCodec.withKeys(List.of(OTHER_KEY, KEY));
		RequestStateCodec after = RequestStateCodec.withKeys(List.of(OTHER_KEY));
		String old = before.seal(requestState(before, Instant.now(), "old"));
		assertThat(both.open(old).progress().carried()).isEqualTo("old");
		assertThatExceptionOfType(RequestStateCodec.InvalidStateException.class).isThrownBy(() -> after.open(old));
		String fresh = both.seal(requestState(both, Instant.now(), "fresh"));
		assertThat(after.open(fresh).progress().carried()).isEqualTo("fresh");
		assertThatExceptionOfType(RequestStateCodec.InvalidStateException.class).isThrownBy(() -> before.open(fresh));
	}

	@Test
	void sealWhenSameStateThenNeverSameText() {
		RequestStateCodec codec = RequestStateCodec.withKeys(List.of(KEY));
		RequestState state = requestState(codec, Instant.now(), "same");
		assertThat(codec.seal(state)).isNotEqualTo(codec.seal(state));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 16, 24, 31, 33, 64 })
	void keysWhenOfWrongLengthThenApplicationDoesNotStart(int length) {
		byte[] bytes = new byte[length];
		Arrays.fill(bytes, (byte) 7);
		String encoded = (length > 0) ? Base64.getEncoder().encodeToString(bytes) : "not~base64";
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(encoded)).satisfies((ex) -> {
			Throwable root = ex;
			while (root.getCause() != null && !(root instanceof StartupException)) {
				root = root.getCause();
			}
			assertThat(root).isInstanceOf(StartupException.class).hasMessageContaining("mcp.remote.request-state.keys");
			assertThat(((StartupException) root).action()).contains("32 random bytes");
			assertThat(stackTrace(ex)).doesNotContain(encoded);
		});
	}

	@Test
	void sealWhenLookedAtThenNothingCanBeRead() {
		String state = state(server, ask("deposit", Map.of("amount", 123456789)).header(UserHeader.NAME, "countess"));
		String second = state(server,
				ask("deposit", Map.of("amount", 123456789)).header(UserHeader.NAME, "countess")
					.param("requestState", state)
					.param("inputResponses", Map.of("confused", Map.of("action", "decline"))));
		for (String text : List.of(state, second)) {
			assertThat(text).matches("v2\\.[0-9a-f]{12}\\.[A-Za-z0-9_-]+");
			String bytes = new String(Base64.getUrlDecoder().decode(text.split("\\.")[2]), StandardCharsets.ISO_8859_1);
			assertThat(text + bytes).doesNotContain("very secret", "countess", "deposit", "tools/call", "123456789",
					"amount", "who");
		}
	}

	@Test
	void sealWhenStateGrowsTooLargeThenCallFailsWithoutIt() {
		HttpResponse<String> response = server.modern(ask("hoard", Map.of("size", 100_000)));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningServer.json(response).at("/result/isError").asBoolean()).as(response.body()).isTrue();
		assertThat(response.body()).doesNotContain("requestState").hasSizeLessThan(1000);
		assertThat(state(server, ask("hoard", Map.of("size", 30_000)))).hasSizeLessThan(65_536);
	}

	@Test
	void openWhenEnormousThenRefused() {
		String state = state(server, ask("deposit"));
		assertRefused(server.modern(retry(state + "A".repeat(100_000), "deposit")));
		assertRefused(server.modern(retry(".".repeat(200_000), "deposit")));
	}

	private static RunningServer start(String keys) {
		return RunningServer.start(List.of("mcp.remote.request-state.keys=" + keys), StatefulTools.class,
				UserHeader.class);
	}

	private static ModernRequest ask(String tool) {
		return ask(tool, Map.of());
	}

	private static ModernRequest ask(String tool, Map<String, ?> arguments) {
		return ModernRequest.callTool(tool, arguments).capabilities(Map.of("elicitation", Map.of()));
	}

	private static ModernRequest retry(String state, String tool) {
		return retry(state, tool, Map.of());
	}

	private static ModernRequest retry(String state, String tool, Map<String, ?> arguments) {
		return ask(tool, arguments).id(2)
			.param("requestState", state)
			.param("inputResponses", Map.of("who", Map.of("action", "accept", "content", Map.of("name", "Ada"))));
	}

	private static String state(RunningServer asked, ModernRequest request) {
		HttpResponse<String> response = asked.modern(request);
		JsonNode state = RunningServer.json(response).at("/result/requestState");
		assertThat(state.isString()).as(response.body()).isTrue();
		return state.asString();
	}

	private static void assertRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode error = RunningServer.json(response).at("/error");
		assertThat(error.path("code").asInt()).as(response.body()).isEqualTo(-32602);
		assertThat(error.path("message").asString()).contains("requestState")
			.doesNotContainIgnoringCase("key")
			.doesNotContainIgnoringCase("caller")
			.doesNotContainIgnoringCase("argument")
			.doesNotContainIgnoringCase("target")
			.doesNotContainIgnoringCase("changed");
		assertThat(error.has("data")).isFalse();
	}

	private static String message(HttpResponse<String> response) {
		return RunningServer.json(response).at("/error/message").asString();
	}

	private static String text(HttpResponse<String> response) {
		JsonNode text = RunningServer.json(response).at("/result/content/0/text");
		assertThat(text.isString()).as(response.body()).isTrue();
		return text.asString();
	}

	private static String key(int seed) {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) seed);
		return Base64.getEncoder().encodeToString(key);
	}

	private static Map<String, Object> orderedMap(String first, Object firstValue, String second, Object secondValue) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put(first, firstValue);
		map.put(second, secondValue);
		return map;
	}

	private static RequestState requestState(RequestStateCodec codec, Instant expires, Object carried) {
		return new RequestState(codec.newId(), new RequestState.Binding("", "tools/call", "tool", "digest"),
				Instant.EPOCH, expires, false, true, new RequestState.Progress(Map.of(), Map.of(), Map.of(), carried));
	}

	private static boolean sameBytes(String changed, String sealed) {
		// The last character of Base64 has bits that mean nothing
		try {
			return changed.substring(0, sealed.length() - 1).equals(sealed.substring(0, sealed.length() - 1))
					&& Arrays.equals(Base64.getUrlDecoder().decode(changed.split("\\.")[2]),
							Base64.getUrlDecoder().decode(sealed.split("\\.")[2]));
		}
		catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
			return false;
		}
	}

	private static String stackTrace(Throwable ex) {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			messages.append(cause).append('\n');
		}
		return messages.toString();
	}

	private static RequestRounds rounds(Clock clock) {
		return new RequestRounds(RequestStateCodec.withKeys(List.of(KEY)), new InMemoryUsedStates(clock), clock,
				Duration.ofMinutes(10), JsonMapper.builder().build());
	}

	private static String asked(RoundsChannel channel, String key) {
		return asked(channel, key, null);
	}

	private static String asked(RoundsChannel channel, String key, Duration within) {
		try {
			channel.ask(Map.of(key, QUESTION), within).join();
		}
		catch (RuntimeException ex) {
			CallSignal signal = CallSignal.in(ex);
			assertThat(signal).isNotNull();
			return ((InputRequired) signal.outcome()).state();
		}
		throw new AssertionError("Nothing was asked");
	}

	private static McpCall call(String tool, Map<String, Object> more) {
		Map<String, Object> params = new LinkedHashMap<>(more);
		params.put("name", tool);
		return new McpCall("0", Revision.V2026_07_28, "tools/call", tool, params, Caller.anonymous("127.0.0.1"), null,
				null, McpCall.TraceContext.NONE, Instant.EPOCH);
	}

	static class StatefulTools {

		@McpTool(name = "deposit", description = "Asks who")
		String deposit(McpSyncRequestContext context) {
			InputRounds rounds = InputRounds.of(context);
			String secret = rounds.remember("secret", String.class, () -> "very secret");
			return secret + who(rounds);
		}

		@McpTool(name = "withdraw", description = "Asks who")
		String withdraw(McpSyncRequestContext context) {
			return "withdrawn" + who(InputRounds.of(context));
		}

		@McpTool(name = "once", description = "Asks who, once")
		String once(McpSyncRequestContext context) {
			return "once" + who(InputRounds.of(context).singleUse());
		}

		@McpTool(name = "hoard", description = "Carries a lot")
		String hoard(McpSyncRequestContext context, int size) {
			InputRounds rounds = InputRounds.of(context);
			rounds.carry("x".repeat(size));
			return "hoarded" + who(rounds);
		}

		@McpPrompt(name = "deposit", description = "Asks who")
		String prompt(McpSyncRequestContext context) {
			return "prompt" + who(InputRounds.of(context));
		}

		private static String who(InputRounds rounds) {
			return " "
					+ rounds
						.ask((ask) -> ask.elicit("who",
								ElicitFormRequest
									.builder("Who?",
											Map.of("type", "object", "properties",
													Map.of("name", Map.of("type", "string"))))
									.build()))
						.elicitation("who")
						.content()
						.get("name");
		}

	}

}
