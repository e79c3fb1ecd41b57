// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RawResponse;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order in which faults of a modern request are looked for, which clients rely on to
 * tell the eras apart, and the rules for its headers.
 */
class EraLadderTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String PREFIX = "io.modelcontextprotocol/";

	private static RunningServer server;

	private static RawConnection connection;

	@BeforeAll
	static void start() {
		server = WireServer.start();
		connection = RawConnection.to(server);
	}

	@AfterAll
	static void stop() {
		connection.close();
		server.close();
	}

	/**
	 * Every fault that a request can have, in the order in which they are looked for.
	 */
	static List<Fault> ladder() {
		return List.of(
				fault("foreign origin", (d) -> d.http.set("Origin", "https://evil.example"), 403, -32600, "Origin"),
				fault("HTTP method", (d) -> d.method = "PUT", 405, -32600, "HTTP method"),
				fault("content type", (d) -> d.http.set("Content-Type", "text/plain"), 415, -32600, "Content-Type"),
				fault("accept", (d) -> d.http.set("Accept", "text/html"), 406, -32600, "accept"),
				fault("too large", (d) -> d.tail = " ".repeat(1024 * 1024), 413, -32600, "larger"),
				fault("no UTF-8", (d) -> d.head += "\u00FF", 400, -32700, "UTF-8"),
				fault("no JSON", (d) -> d.head += "]", 400, -32700, "not valid JSON"),
				fault("batch", (d) -> d.batch = true, 400, -32600, "batches"),
				fault("no message", (d) -> d.message.put("jsonrpc", "1.0"), 400, -32600, "jsonrpc").withId(),
				fault("no revision in _meta", (d) -> d.meta.remove(PREFIX + "protocolVersion"), 400, -32602,
						"protocolVersion")
					.withId(),
				fault("no capabilities in _meta", (d) -> d.meta.remove(PREFIX + "clientCapabilities"), 400, -32602,
						"clientCapabilities")
					.withId(),
				fault("client without version", (d) -> d.meta.put(PREFIX + "clientInfo", Map.of("name", "x")), 400,
						-32602, "clientInfo")
					.withId(),
				fault("version header", (d) -> d.http.set("MCP-Protocol-Version", "2025-11-25"), 400, -32020,
						"MCP-Protocol-Version")
					.withId(),
				fault("unsupported revision", Draft::unsupported, 400, -32022, "Unsupported").withId(),
				fault("method header", (d) -> d.http.set("Mcp-Method", "tools/list"), 400, -32020, "Mcp-Method")
					.withId(),
				fault("unknown method", (d) -> d.method("tools/drop"), 404, -32601, "tools/drop").withId(),
				fault("name header", (d) -> d.http.set("Mcp-Name", "other"), 400, -32020, "Mcp-Name").withId(),
				fault("progress token", (d) -> d.meta.put("progressToken", 1.5), 200, -32602, "progressToken").withId(),
				fault("log level", (d) -> d.meta.put(PREFIX + "logLevel", "loud"), 200, -32602, "log level").withId(),
				fault("request state", (d) -> d.params.put("requestState", "forged"), 200, -32602, "requestState")
					.withId(),
				fault("arguments", (d) -> d.params.put("arguments", "text"), 200, -32602, "arguments").withId(),
				fault("unknown tool", (d) -> d.name("nothing"), 200, -32602, "Unknown tool").withId(),
				fault("parameter header", (d) -> d.http.set("Mcp-Param-Region", "other"), 400, -32020,
						"Mcp-Param-Region")
					.withId(),
				fault("capability", (d) -> d.meta.put(PREFIX + "clientCapabilities", Map.of()), 400, -32021,
						"elicitation")
					.withId());
	}

	@Test
	void requestWhenNothingIsWrongThenServed() {
		RawResponse response = new Draft().send();
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.json().at("/result/resultType").asString()).isEqualTo("input_required");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("ladder")
	void requestWhenOneFaultThenRefusedForIt(Fault fault) {
		Draft draft = new Draft();
		fault.change().accept(draft);
		check(draft.send(), fault);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("pairs")
	void requestWhenTwoFaultsThenRefusedForTheFirst(Pair pair) {
		Draft draft = new Draft();
		// The later fault may change more than the earlier, and must not undo it
		pair.second().change().accept(draft);
		pair.first().change().accept(draft);
		check(draft.send(), pair.first());
	}

	static Stream<Pair> pairs() {
		List<Fault> ladder = ladder();
		return IntStream.range(0, ladder.size() - 1).mapToObj((i) -> new Pair(ladder.get(i), ladder.get(i + 1)));
	}

	@ParameterizedTest(name = "{0} in the body, {1} in the header: {2}")
	@MethodSource("regions")
	void textHeaderWhenComparedThenDecodedFirst(String argument, String header, int status) {
		RawResponse response = regional(Map.of("region", argument), Map.of("Mcp-Param-Region", header));
		assertThat(response.status()).as("%s", response).isEqualTo(status);
		assertThat(response.code()).isEqualTo((status == 200) ? 0 : -32020);
	}

	static Stream<Object[]> regions() {
		return Stream.of(new Object[] { "us-west1", "us-west1", 200 },
				new Object[] { "us-west1", " \t us-west1 \t ", 200 }, new Object[] { "us west", "us west", 200 },
				new Object[] { "us\twest", "us\twest", 200 }, new Object[] { "us-west1", "US-WEST1", 400 },
				new Object[] { "us-west1", "us-west", 400 }, new Object[] { "us-west1", "", 400 },
				new Object[] { "", "", 200 }, new Object[] { "Hello", "=?base64?SGVsbG8=?=", 200 },
				new Object[] { "Z\u00FCrich", "=?base64?WsO8cmljaA==?=", 200 },
				new Object[] { "Z\u00FCrich", "Z\u00FCrich", 400 }, new Object[] { "", "=?base64??=", 200 },
				new Object[] { "us-west1 ", "=?base64?dXMtd2VzdDEg?=", 200 },
				new Object[] { "Hello", "=?base64?SGVsbG8?=", 400 },
				new Object[] { "Hello", "=?base64?SGVs!!!bG8=?=", 400 },
				new Object[] { "Hello", "=?base64?SGVsbG8==?=", 400 },
				new Object[] { "Hello", "=?base64?SGVs bG8=?=", 400 },
				new Object[] { "\u00FB", "=?base64?w7s=?=", 200 },
				new Object[] { "~\u00FF?", "=?base64?fsO_Pw==?=", 400 },
				new Object[] { "Hello", "=?BASE64?SGVsbG8=?=", 400 },
				new Object[] { "=?BASE64?SGVsbG8=?=", "=?BASE64?SGVsbG8=?=", 200 },
				new Object[] { "SGVsbG8=?=", "SGVsbG8=?=", 200 },
				new Object[] { "=?base64?SGVsbG8=", "=?base64?SGVsbG8=", 200 },
				new Object[] { "=?base64?=", "=?base64?=", 200 },
				new Object[] { "=?base64?SGVsbG8=?=", "=?base64?SGVsbG8=?=", 400 },
				new Object[] { "\uFFFD", "=?base64?/w==?=", 400 }, new Object[] { "\uFFFD", "=?base64?77+9?=", 200 });
	}

	@ParameterizedTest(name = "{0} in the body, {1} in the header: {2}")
	@MethodSource("counts")
	void numberHeaderWhenComparedThenByValue(Object argument, String header, int status) {
		RawResponse response = regional(Map.of("count", argument), Map.of("Mcp-Param-Count", header));
		assertThat(response.status()).as("%s", response).isEqualTo(status);
		assertThat(response.code()).isEqualTo((status == 200) ? 0 : -32020);
	}

	static Stream<Object[]> counts() {
		return Stream.of(new Object[] { 42, "42", 200 }, new Object[] { 42, "42.0", 200 },
				new Object[] { 42, "4.2e1", 200 }, new Object[] { 42.0, "42", 200 }, new Object[] { 0, "-0", 200 },
				new Object[] { -7, "-7", 200 }, new Object[] { 42, "=?base64?NDI=?=", 200 },
				new Object[] { 42, "43", 400 }, new Object[] { 42, "42.5", 400 }, new Object[] { 42, "", 400 },
				new Object[] { 42, "many", 400 }, new Object[] { 42, "0x2A", 400 }, new Object[] { 42, "42L", 400 },
				new Object[] { 42, "=?base64?77yU77yS?=", 400 }, new Object[] { 42, "1e99999999999999999999", 400 },
				new Object[] { 9007199254740993L, "9007199254740993", 200 },
				new Object[] { 9007199254740993L, "9007199254740992", 400 });
	}

	@ParameterizedTest(name = "{0} in the body, {1} in the header: {2}")
	@MethodSource("flags")
	void booleanHeaderWhenComparedThenByName(boolean argument, String header, int status) {
		RawResponse response = regional(Map.of("dry", argument), Map.of("Mcp-Param-Dry", header));
		assertThat(response.status()).isEqualTo(status);
	}

	static Stream<Object[]> flags() {
		return Stream.of(new Object[] { true, "true", 200 }, new Object[] { false, "false", 200 },
				new Object[] { true, "false", 400 }, new Object[] { true, "TRUE", 400 },
				new Object[] { true, "1", 400 });
	}

	@Test
	void nestedArgumentWhenComparedThenFound() {
		Map<String, ?> place = Map.of("place", Map.of("city", "Oslo"));
		assertThat(regional(place, Map.of("Mcp-Param-City", "Oslo")).status()).isEqualTo(200);
		assertThat(regional(place, Map.of("Mcp-Param-City", "Rome")).code()).isEqualTo(-32020);
		assertThat(regional(place, Map.of()).code()).isEqualTo(-32020);
		assertThat(regional(Map.of("place", Map.of()), Map.of()).status()).isEqualTo(200);
		assertThat(regional(Map.of("place", "Oslo"), Map.of()).status()).isEqualTo(200);
	}

	@Test
	void argumentWhenAbsentOrNullThenHeaderIsNoMatter() {
		Map<String, Object> none = new HashMap<>();
		none.put("region", null);
		assertThat(regional(none, Map.of()).status()).isEqualTo(200);
		assertThat(regional(none, Map.of("Mcp-Param-Region", "any")).status()).isEqualTo(200);
		assertThat(regional(Map.of(), Map.of("Mcp-Param-Region", "any")).status()).isEqualTo(200);
		assertThat(regional(Map.of("note", "x"), Map.of("Mcp-Param-Note", "y")).status()).isEqualTo(200);
	}

	@Test
	void argumentWhenHeaderMissingThenRefused() {
		RawResponse response = regional(Map.of("region", "us"), Map.of());
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.code()).isEqualTo(-32020);
	}

	@ParameterizedTest
	@ValueSource(strings = { "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Param-Region" })
	void headerWhenTwiceThenRefused(String name) {
		for (String second : List.of("same", "other")) {
			Draft draft = new Draft();
			String value = draft.http.get(name);
			draft.more.add(new String[] { name, ("same".equals(second)) ? value : "other" });
			RawResponse response = draft.send();
			assertThat(response.status()).as("%s", response).isEqualTo(400);
			assertThat(response.code()).isEqualTo(-32020);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Param-Region" })
	void headerWhenMissingOrEmptyThenRefused(String name) {
		for (String value : new String[] { null, "" }) {
			Draft draft = new Draft();
			draft.http.set(name, value);
			RawResponse response = draft.send();
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.code()).isEqualTo(-32020);
			assertThat(response.json().at("/error/message").asString()).contains(name);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Param-Region" })
	void headerWhenNameInAnotherCaseOrValuePaddedThenServed(String name) {
		Draft draft = new Draft();
		String value = draft.http.get(name);
		draft.http.set(name, null);
		draft.more.add(new String[] { name.toUpperCase(Locale.ROOT), " \t" + value + "\t " });
		assertThat(draft.send().status()).isEqualTo(200);
	}

	@Test
	void valueWhenInAnotherCaseThenRefused() {
		Draft draft = new Draft();
		draft.http.set("Mcp-Method", "Tools/Call");
		assertThat(draft.send().code()).isEqualTo(-32020);
	}

	@Test
	void nameHeaderWhenUriNeedsEncodingThenDecoded() {
		ModernRequest request = ModernRequest.of("resources/read").param("uri", "test://item/\u00E9");
		RawResponse encoded = connection
			.send(RawRequest.post(request.header("Mcp-Name", "=?base64?dGVzdDovL2l0ZW0vw6k=?=")));
		assertThat(encoded.json().at("/result/contents/0/text").asString()).isEqualTo("item \u00E9");
		RawResponse raw = connection.send(RawRequest.post(request.header("Mcp-Name", "test://item/\u00E9")));
		assertThat(raw.code()).isEqualTo(-32020);
	}

	@Test
	void nameHeaderWhenMethodHasNoNameThenIgnored() {
		RawResponse response = connection
			.send(RawRequest.post(ModernRequest.of("tools/list").header("Mcp-Name", "whatever")));
		assertThat(response.status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe",
			"roots/list", "sampling/createMessage", "elicitation/create", "tasks/get", "stream/open",
			"notifications/initialized", "TOOLS/LIST", "unknown" })
	void methodWhenNotOfThisRevisionThenNotFound(String method) {
		RawResponse response = connection.send(RawRequest.post(ModernRequest.of(method).id("x")));
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.code()).isEqualTo(-32601);
		assertThat(response.json().get("id").asString()).isEqualTo("x");
	}

	@Test
	void methodWhenCapabilityNotOfferedThenNotFound() {
		try (RunningServer poor = WireServer.start("spring.ai.mcp.server.capabilities.prompt=false")) {
			RawResponse response = RawConnection.send(poor, RawRequest.post(ModernRequest.of("prompts/list")));
			assertThat(response.status()).isEqualTo(404);
			assertThat(response.code()).isEqualTo(-32601);
			JsonNode offered = RawConnection.send(poor, RawRequest.post(ModernRequest.of("server/discover"))).json();
			assertThat(offered.at("/result/capabilities").has("prompts")).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2025-11-25", "2025-03-26", "1900-01-01", "2027-01-01", "v999.0.0", "" })
	void revisionWhenUnsupportedThenSaysWhichAre(String revision) {
		RawResponse response = connection.send(RawRequest.post(ModernRequest.of("tools/list")
			.meta("protocolVersion", revision)
			.header("MCP-Protocol-Version", revision)));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.code()).isEqualTo(-32022);
		JsonNode data = response.json().at("/error/data");
		assertThat(data.get("requested").asString()).isEqualTo(revision);
		JsonNode discovered = connection.send(RawRequest.post(ModernRequest.of("server/discover"))).json();
		assertThat(data.get("supported")).isEqualTo(discovered.at("/result/supportedVersions")).hasSize(5);
	}

	@Test
	void capabilityWhenMissingThenSaysWhich() {
		Draft draft = new Draft();
		draft.meta.put(PREFIX + "clientCapabilities", Map.of("sampling", Map.of()));
		assertThat(draft.send().json().at("/error/data/requiredCapabilities").toString())
			.isEqualTo("{\"elicitation\":{}}");
	}

	@ParameterizedTest(name = "{0} = {1}")
	@MethodSource("metadata")
	void metadataWhenIncompleteThenRefusedBeforeHeaders(String key, Object value) {
		Draft draft = new Draft();
		draft.meta.put(key, value);
		draft.http.set("Mcp-Method", null);
		RawResponse response = draft.send();
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.code()).isEqualTo(-32602);
		assertThat(response.json().get("id").asInt()).isEqualTo(7);
	}

	static Stream<Object[]> metadata() {
		return Stream.of(new Object[] { PREFIX + "protocolVersion", 20260728 },
				new Object[] { PREFIX + "protocolVersion", null }, new Object[] { PREFIX + "clientCapabilities", null },
				new Object[] { PREFIX + "clientCapabilities", List.of() },
				new Object[] { PREFIX + "clientCapabilities", "all" }, new Object[] { PREFIX + "clientInfo", "me" },
				new Object[] { PREFIX + "clientInfo", Map.of() });
	}

	@Test
	void metadataWhenNoObjectThenRefused() {
		Draft draft = new Draft();
		draft.params.put("_meta", List.of());
		assertThat(draft.send().code()).isEqualTo(-32602);
		draft.params.put("_meta", "text");
		assertThat(draft.send().status()).isEqualTo(400);
	}

	@Test
	void metadataWhenNoClientInfoThenServed() {
		Draft draft = new Draft();
		draft.meta.remove(PREFIX + "clientInfo");
		assertThat(draft.send().status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "notifications/cancelled", "notifications/initialized", "notifications/whatever", "x" })
	void notificationWhenUnknownThenAccepted(String method) {
		RawResponse response = connection.send(notification(method).header("MCP-Protocol-Version", "2026-07-28"));
		assertThat(response.status()).isEqualTo(202);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void notificationWhenRevisionUnknownThenRefusedWithoutMessage() {
		RawResponse response = connection.send(notification("x").header("MCP-Protocol-Version", "2099-01-01"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void responseWhenModernThenRefused() {
		RawResponse response = connection.send(RawRequest.post("""
				{"jsonrpc":"2.0","id":7,"result":{}}""").header("MCP-Protocol-Version", "2026-07-28"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.code()).isEqualTo(-32600);
	}

	private static RawRequest notification(String method) {
		return RawRequest.post("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}");
	}

	private static RawResponse regional(Map<String, ?> arguments, Map<String, String> headers) {
		RawRequest request = RawRequest.post(ModernRequest.callTool("regional", arguments));
		headers.forEach(request::header);
		return connection.send(request);
	}

	private static void check(RawResponse response, Fault fault) {
		assertThat(response.status()).as("%s", response).isEqualTo(fault.status());
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		JsonNode body = response.json();
		assertThat(response.code()).as("%s", body).isEqualTo(fault.code());
		assertThat(body.at("/error/message").asString()).contains(fault.message());
		assertThat(body.has("id")).isEqualTo(fault.id());
		if (fault.id()) {
			assertThat(body.get("id").asInt()).isEqualTo(7);
		}
		LeakCheck.check(response);
	}

	private static Fault fault(String what, Consumer<Draft> change, int status, int code, String message) {
		return new Fault(what, change, status, code, message, false);
	}

	/**
	 * A fault and what is answered to it.
	 *
	 * @param what what is wrong
	 * @param change makes it wrong
	 * @param status the HTTP status
	 * @param code the JSON-RPC error code
	 * @param message part of the message
	 * @param id whether the id has been read
	 */
	record Fault(String what, Consumer<Draft> change, int status, int code, String message, boolean id) {

		Fault withId() {
			return new Fault(this.what, this.change, this.status, this.code, this.message, true);
		}

		@Override
		public String toString() {
			return this.what;
		}

	}

	/**
	 * Two faults at once.
	 *
	 * @param first the one that is looked for first
	 * @param second the other one
	 */
	record Pair(Fault first, Fault second) {

		@Override
		public String toString() {
			return this.first + " before " + this.second;
		}

	}

	/**
	 * A flawless request, until it is changed.
	 */
	static final class Draft {

		final Http http = new Http();

		final List<String[]> more = new ArrayList<>();

		final Map<String, Object> message = new LinkedHashMap<>();

		final Map<String, Object> params = new LinkedHashMap<>();

		final Map<String, Object> meta = new LinkedHashMap<>();

		String method = "POST";

		String head = "";

		String tail = "";

		boolean batch;

		Draft() {
			this.http.set("Content-Type", "application/json");
			this.http.set("Accept", "application/json, text/event-stream");
			this.http.set("MCP-Protocol-Version", "2026-07-28");
			this.http.set("Mcp-Param-Region", "us-west1");
			this.message.put("jsonrpc", "2.0");
			this.message.put("id", 7);
			this.message.put("params", this.params);
			this.params.put("arguments", Map.of("region", "us-west1"));
			this.params.put("_meta", this.meta);
			this.meta.put(PREFIX + "protocolVersion", "2026-07-28");
			this.meta.put(PREFIX + "clientCapabilities", Map.of("elicitation", Map.of()));
			this.meta.put(PREFIX + "clientInfo", Map.of("name", "test-client", "version", "1"));
			method("tools/call");
			name("guarded");
		}

		void method(String name) {
			this.message.put("method", name);
			this.http.set("Mcp-Method", name);
		}

		void name(String name) {
			this.params.put("name", name);
			this.http.set("Mcp-Name", name);
		}

		void unsupported() {
			this.meta.put(PREFIX + "protocolVersion", "v999.0.0");
			this.http.set("MCP-Protocol-Version", "v999.0.0");
		}

		RawResponse send() {
			String text = JSON.writeValueAsString((this.batch) ? List.of(this.message) : this.message);
			RawRequest request = RawRequest.of(this.method);
			this.http.all.forEach(request::header);
			this.more.forEach((header) -> request.header(header[0], header[1]));
			request.body((this.head + text + this.tail).getBytes(StandardCharsets.ISO_8859_1));
			return connection.send(request);
		}

	}

	/**
	 * Headers of which there is one each.
	 */
	static final class Http {

		final Map<String, String> all = new LinkedHashMap<>();

		void set(String name, String value) {
			if (value == null) {
				this.all.remove(name);
			}
			else {
				this.all.put(name, value);
			}
		}

		String get(String name) {
			return this.all.get(name);
		}

	}

}
