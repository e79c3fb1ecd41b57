// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RawResponse;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Throws a great many spoiled messages at a server: it answers each of them properly, and
 * is as well afterwards as before. {@code -Dmcp.remote.fuzz.seed} and
 * {@code -Dmcp.remote.fuzz.messages} choose others.
 */
class FuzzIT {

	private static final long SEED = Long.getLong("mcp.remote.fuzz.seed", 20260728);

	private static final int MESSAGES = Integer.getInteger("mcp.remote.fuzz.messages", 120_000);

	private static final int CONNECTIONS = 4;

	private static final int SHOWN_PROBLEMS = 10;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final FuzzMessages messages = new FuzzMessages(SEED);

	private final AtomicInteger next = new AtomicInteger();

	private final Map<Object, LongAdder> statuses = new ConcurrentSkipListMap<>();

	private final Map<Object, LongAdder> codes = new ConcurrentSkipListMap<>();

	private final Queue<String> problems = new ConcurrentLinkedQueue<>();

	@Test
	void serverWhenFuzzedThenEveryAnswerIsProper() throws InterruptedException {
		try (RunningServer server = WireServer.start("mcp.remote.sessions.enabled=true",
				"mcp.remote.stream.keep-alive=1s", "mcp.remote.stream.max-open=20000",
				"mcp.remote.stream.max-open-per-caller=20000", "mcp.remote.sessions.answer-timeout=1s",
				"logging.level.root=off")) {
			checkHealthy(server);
			int threadsBefore = Thread.activeCount();
			long started = System.nanoTime();
			List<Thread> workers = new ArrayList<>();
			for (int i = 0; i < CONNECTIONS; i++) {
				Thread worker = new Thread(() -> fuzz(server), "fuzz-" + i);
				worker.start();
				workers.add(worker);
			}
			for (Thread worker : workers) {
				worker.join();
			}
			System.out.printf("Fuzzed with seed %d: %d messages in %d ms, statuses %s, error codes %s%n", SEED,
					MESSAGES, (System.nanoTime() - started) / 1_000_000, this.statuses, this.codes);
			assertThat(this.problems).as("answers to seed %d", SEED).isEmpty();
			assertThat(this.statuses.values().stream().mapToLong(LongAdder::sum).sum()).isEqualTo(MESSAGES);
			assertThat(this.statuses.keySet()).contains(200, 202, 400, 404, 405, 406, 415);
			assertThat(server.context().getBean(CallsInFlight.class).size()).isZero();
			assertThat(Thread.activeCount()).isLessThan(threadsBefore + 100);
			checkHealthy(server);
		}
	}

	private void fuzz(RunningServer server) {
		try (RawConnection connection = RawConnection.to(server)) {
			String session = server.initialize("2025-11-25", "{}");
			int number = this.next.getAndIncrement();
			while (number < MESSAGES && this.problems.size() < SHOWN_PROBLEMS) {
				RawRequest request = null;
				RawResponse response = null;
				String problem;
				try {
					request = this.messages.message(number, session);
					response = connection.send(request);
					problem = problem(request, response);
				}
				catch (RuntimeException ex) {
					problem = "no proper answer: " + ex;
				}
				if (problem != null) {
					this.problems.add("message " + number + ": " + problem + "\n--> " + request + "\n<-- " + response);
				}
				if (response != null && response.status() == 404 || number % 500 == 0) {
					// Like others before it, the session may have fallen victim to a
					// message
					session = server.initialize("2025-11-25", "{}");
				}
				number = this.next.getAndIncrement();
			}
		}
	}

	/**
	 * Return what is wrong with an answer, {@code null} if nothing.
	 */
	private String problem(RawRequest request, RawResponse response) {
		int status = response.status();
		this.statuses.computeIfAbsent(status, (key) -> new LongAdder()).increment();
		String leak = LeakCheck.leakIn(response.text());
		if (leak != null) {
			return "gives away " + leak;
		}
		if (status >= 500) {
			return "an error of the server";
		}
		JsonNode sent = sent(request);
		if (response.body().length == 0) {
			return (mayBeEmpty(request, response, sent)) ? null : "no body";
		}
		if (status == 202 || status == 204) {
			return "a body where there should be none";
		}
		if (response.header("Content-Type").equals("text/event-stream")) {
			return (status == 200) ? streamed(response, sent) : "an event stream for an error";
		}
		if (!response.header("Content-Type").equals("application/json")) {
			return "neither JSON nor an event stream";
		}
		JsonNode answer = response.json();
		if (answer.isArray()) {
			return (status == 200 && sent != null && sent.isArray() && !answer.isEmpty()) ? null : "an array";
		}
		return (status == 200 || answer.has("error")) ? message(answer, sent) : "a result for an error";
	}

	private String streamed(RawResponse response, JsonNode sent) {
		List<JsonNode> events = RunningServer.events(response.text());
		for (JsonNode event : events) {
			if (!event.isArray() && !event.has("method")) {
				String problem = message(event, sent);
				if (problem != null) {
					return problem;
				}
			}
		}
		boolean answered = response.open() || (!events.isEmpty() && !events.get(events.size() - 1).has("method"));
		return (answered) ? null : "a stream without an answer";
	}

	private String message(JsonNode answer, JsonNode sent) {
		if (!answer.isObject() || !"2.0".equals(answer.path("jsonrpc").asString(""))
				|| answer.has("result") == answer.has("error")) {
			return "no JSON-RPC response";
		}
		if (answer.has("error")) {
			JsonNode code = answer.at("/error/code");
			if (!code.isInt() || !answer.at("/error/message").isString()) {
				return "no JSON-RPC error";
			}
			this.codes.computeIfAbsent(code.asInt(), (key) -> new LongAdder()).increment();
			if (code.asInt() == -32603) {
				return "an internal error";
			}
		}
		if (answer.has("result") && !answer.has("id")) {
			return "a result without id";
		}
		boolean echoed = !answer.has("id")
				|| (sent != null && (sent.isArray() || answer.get("id").equals(sent.get("id"))));
		return (echoed) ? null : "another id";
	}

	private static boolean mayBeEmpty(RawRequest request, RawResponse response, JsonNode sent) {
		int status = response.status();
		if (response.open() || status == 204 || !"POST".equals(request.method())) {
			return true;
		}
		boolean expectsAnswer = sent != null && sent.isObject() && sent.has("id") && sent.has("method");
		return status == 202 && !expectsAnswer || status >= 400 && sent != null && sent.isObject() && !sent.has("id");
	}

	private static JsonNode sent(RawRequest request) {
		try {
			return JSON.readTree(request.body());
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static void checkHealthy(RunningServer server) {
		JsonNode modern = RunningServer
			.json(server.modern(ModernRequest.callTool("echo", Map.of("text", "still here"))));
		assertThat(modern.at("/result/content/0/text").asString()).isEqualTo("still here");
		JsonNode legacy = RunningServer.json(server.post("""
				{"jsonrpc":"2.0","id":1,"method":"tools/call",\
				"params":{"name":"add","arguments":{"one":20,"other":22}}}"""));
		assertThat(legacy.at("/result/content/0/text").asString()).isEqualTo("42");
	}

}
