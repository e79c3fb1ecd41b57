// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RawResponse;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong with a message, its sender gets a JSON-RPC error that says so and
 * nothing about the inside of the server.
 */
class MalformedInputTests {

	private static final String LIST = """
			{"jsonrpc":"2.0","id":7,"method":"tools/list"}""";

	private static final String OMITTED = null;

	private static final int MEBIBYTE = 1024 * 1024;

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

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "noMessages", "batches", "wrongMessages", "ids", "wrongParams", "beyondBounds", "noJson",
			"encodings" })
	void bodyWhenMalformedThenJsonRpcError(Row row) {
		check(connection.send(RawRequest.post(row.body())), row);
	}

	static Stream<Row> noMessages() {
		return Stream.of(row("empty body", "", 400, -32700, OMITTED),
				row("white space", " \r\n\t", 400, -32700, OMITTED), row("null", "null", 400, -32600, OMITTED),
				row("true", "true", 400, -32600, OMITTED), row("number", "42", 400, -32600, OMITTED),
				row("string", "\"tools/list\"", 400, -32600, OMITTED), row("empty object", "{}", 400, -32600, OMITTED));
	}

	static Stream<Row> batches() {
		String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
		String modern = """
				{"jsonrpc":"2.0","id":7,"method":"tools/list",\
				"params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""";
		return Stream.of(row("empty batch", "[]", 400, -32600, OMITTED),
				row("batch over the limit", "[" + String.join(",", Collections.nCopies(51, ping)) + "]", 400, -32600,
						OMITTED),
				row("batch with a modern message", "[" + ping + "," + modern + "]", 400, -32600, OMITTED));
	}

	static Stream<Row> wrongMessages() {
		String longMethod = "m".repeat(257);
		return Stream.of(row("jsonrpc missing", "{'id':7,'method':'ping'}", 400, -32600, "7"),
				row("jsonrpc 1.0", "{'jsonrpc':'1.0','id':7,'method':'ping'}", 400, -32600, "7"),
				row("jsonrpc a number", "{'jsonrpc':2.0,'id':7,'method':'ping'}", 400, -32600, "7"),
				row("jsonrpc null", "{'jsonrpc':null,'id':7,'method':'ping'}", 400, -32600, "7"),
				row("method missing", "{'jsonrpc':'2.0','id':7}", 400, -32600, "7"),
				row("method null", "{'jsonrpc':'2.0','id':7,'method':null}", 400, -32600, "7"),
				row("method a number", "{'jsonrpc':'2.0','id':7,'method':5}", 400, -32600, "7"),
				row("method empty", "{'jsonrpc':'2.0','id':7,'method':''}", 400, -32600, "7"),
				row("method too long", "{'jsonrpc':'2.0','id':7,'method':'" + longMethod + "'}", 400, -32600, "7"),
				row("method unknown", "{'jsonrpc':'2.0','id':7,'method':'tools/drop'}", 200, -32601, "7"),
				row("method in another case", "{'jsonrpc':'2.0','id':7,'method':'TOOLS/LIST'}", 200, -32601, "7"),
				row("method of control characters", "{'jsonrpc':'2.0','id':7,'method':'\\u0000\\r\\n'}", 200, -32601,
						"7"),
				row("method cut within a character",
						"{'jsonrpc':'2.0','id':7,'method':'" + "m".repeat(127) + "\uD83D\uDE00'}", 200, -32601, "7"),
				row("modern method, legacy era", "{'jsonrpc':'2.0','id':7,'method':'server/discover'}", 200, -32601,
						"7"),
				row("internal method", "{'jsonrpc':'2.0','id':7,'method':'stream/open'}", 200, -32601, "7"),
				row("params null", "{'jsonrpc':'2.0','id':7,'method':'ping','params':null}", 400, -32600, "7"),
				row("params an array", "{'jsonrpc':'2.0','id':7,'method':'ping','params':[1]}", 400, -32600, "7"),
				row("params a string", "{'jsonrpc':'2.0','id':7,'method':'ping','params':'x'}", 400, -32600, "7"),
				row("params a number", "{'jsonrpc':'2.0','id':7,'method':'ping','params':1}", 400, -32600, "7"),
				row("result and error", "{'jsonrpc':'2.0','id':7,'result':{},'error':{}}", 400, -32600, "7"),
				row("result without id", "{'jsonrpc':'2.0','result':{}}", 400, -32600, OMITTED),
				row("result no object", "{'jsonrpc':'2.0','id':7,'result':5}", 400, -32600, "7"),
				row("response to nobody", "{'jsonrpc':'2.0','id':7,'result':{}}", 400, -32600, OMITTED));
	}

	static Stream<Row> ids() {
		return Stream.of(row("id null", "{'jsonrpc':'2.0','id':null,'method':'ping'}", 400, -32600, OMITTED),
				row("id a fraction", "{'jsonrpc':'2.0','id':1.5,'method':'ping'}", 400, -32600, OMITTED),
				row("id a boolean", "{'jsonrpc':'2.0','id':true,'method':'ping'}", 400, -32600, OMITTED),
				row("id an object", "{'jsonrpc':'2.0','id':{},'method':'ping'}", 400, -32600, OMITTED),
				row("id an array", "{'jsonrpc':'2.0','id':[7],'method':'ping'}", 400, -32600, OMITTED),
				row("id too long a string", "{'jsonrpc':'2.0','id':'" + "i".repeat(1025) + "','method':'ping'}", 400,
						-32600, OMITTED),
				row("id too long a number", "{'jsonrpc':'2.0','id':" + "9".repeat(101) + ",'method':'ping'}", 400,
						-32600, OMITTED),
				row("id half a character", "{'jsonrpc':'2.0','id':'\\ud83d','method':'ping'}", 400, -32700, OMITTED),
				row("id negative", "{'jsonrpc':'2.0','id':-7,'method':'ping'}", 200, 0, "-7"), row("id beyond 64 bits",
						"{'jsonrpc':'2.0','id':" + "9".repeat(30) + ",'method':'ping'}", 200, 0, "9".repeat(30)),
				row("id empty", "{'jsonrpc':'2.0','id':'','method':'ping'}", 200, 0, "\"\""),
				row("id to be escaped", "{'jsonrpc':'2.0','id':'a\\n\\u0022\\u0000','method':'ping'}", 200, 0,
						"\"a\\n\\\"\\u0000\""),
				row("id outside of the basic plane", "{'jsonrpc':'2.0','id':'\\ud83d\\ude00','method':'ping'}", 200, 0,
						"\"\uD83D\uDE00\""));
	}

	static Stream<Row> wrongParams() {
		return Stream.of(params("tools/call without params", "tools/call", "-", -32602),
				params("tool without name", "tools/call", "{}", -32602),
				params("tool name a number", "tools/call", "{'name':5}", -32602),
				params("tool name null", "tools/call", "{'name':null}", -32602),
				params("arguments an array", "tools/call", "{'name':'echo','arguments':[]}", -32602),
				params("arguments a string", "tools/call", "{'name':'echo','arguments':'x'}", -32602),
				params("unknown tool", "tools/call", "{'name':'nothing','arguments':{}}", -32602),
				params("tool name half a character", "tools/call", "{'name':'" + "t".repeat(127) + "\uD83D\uDE00'}",
						-32602),
				params("_meta an array", "tools/list", "{'_meta':[]}", -32602),
				params("progressToken a fraction", "tools/list", "{'_meta':{'progressToken':1.5}}", -32602),
				params("progressToken an object", "tools/list", "{'_meta':{'progressToken':{}}}", -32602),
				params("progressToken a boolean", "tools/list", "{'_meta':{'progressToken':true}}", -32602),
				params("cursor a number", "tools/list", "{'cursor':5}", -32602),
				params("cursor an object", "prompts/list", "{'cursor':{}}", -32602),
				params("cursor no Base64", "resources/list", "{'cursor':'!!!'}", -32602),
				params("cursor of another list", "resources/templates/list", "{'cursor':'dG9vbHM6ZWNobw'}", -32602),
				params("cursor made up", "tools/list", "{'cursor':'abcd'}", -32602),
				params("prompt without params", "prompts/get", "-", -32602),
				params("prompt name an array", "prompts/get", "{'name':[]}", -32602),
				params("unknown prompt", "prompts/get", "{'name':'nothing'}", -32602),
				params("prompt without its argument", "prompts/get", "{'name':'greet'}", -32602),
				params("prompt arguments a number", "prompts/get", "{'name':'greet','arguments':1}", -32602),
				params("resource without uri", "resources/read", "{}", -32602),
				params("resource uri a number", "resources/read", "{'uri':1}", -32602),
				params("resource uri empty", "resources/read", "{'uri':''}", -32002),
				params("resource uri no uri", "resources/read", "{'uri':':// {}%'}", -32002),
				params("unknown resource", "resources/read", "{'uri':'test://nothing'}", -32002),
				params("completion without params", "completion/complete", "-", -32602),
				params("completion without ref", "completion/complete", "{'argument':{'name':'a','value':''}}", -32602),
				params("completion without argument", "completion/complete",
						"{'ref':{'type':'ref/prompt','name':'greet'}}", -32602),
				params("completion argument a string", "completion/complete",
						"{'ref':{'type':'ref/prompt','name':'greet'},'argument':'x'}", -32602),
				params("completion ref of no type", "completion/complete",
						"{'ref':{'name':'greet'},'argument':{'name':'name','value':''}}", -32602),
				params("completion ref of unknown type", "completion/complete",
						"{'ref':{'type':'ref/tool','name':'echo'},'argument':{'name':'name','value':''}}", -32602),
				params("completion of unknown prompt", "completion/complete",
						"{'ref':{'type':'ref/prompt','name':'nothing'},'argument':{'name':'name','value':''}}", -32602),
				params("completion of unknown argument", "completion/complete",
						"{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'nothing','value':''}}", 0),
				params("completion of a prompt without name", "completion/complete",
						"{'ref':{'type':'ref/prompt','name':''},'argument':{'name':'name','value':''}}", -32602),
				params("completion of a resource without uri", "completion/complete",
						"{'ref':{'type':'ref/resource','uri':''},'argument':{'name':'id','value':''}}", -32602),
				params("completion of a uri that is none", "completion/complete",
						"{'ref':{'type':'ref/resource','uri':'{{:'},'argument':{'name':'id','value':''}}", 0),
				params("completion of an unknown resource", "completion/complete",
						"{'ref':{'type':'ref/resource','uri':'test://x/{y}'},'argument':{'name':'y','value':''}}",
						-32002),
				params("completion of an argument without name", "completion/complete",
						"{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'','value':''}}", -32602),
				params("completion context a string", "completion/complete",
						"{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'name','value':''},'context':'x'}",
						-32602),
				params("log level missing", "logging/setLevel", "{}", -32602),
				params("log level unknown", "logging/setLevel", "{'level':'loud'}", -32602),
				params("log level a number", "logging/setLevel", "{'level':3}", -32602),
				params("subscription without session", "resources/subscribe", "{'uri':'test://text'}", -32601),
				params("protocolVersion a number", "initialize", "{'protocolVersion':1}", -32602),
				params("capabilities an array", "initialize", "{'capabilities':[]}", -32602),
				params("clientInfo a string", "initialize", "{'clientInfo':'x'}", -32602));
	}

	static Stream<Row> beyondBounds() {
		return Stream.of(row("key twice", "{'jsonrpc':'2.0','id':7,'id':7,'method':'ping'}", 400, -32600, OMITTED),
				row("key twice, once escaped", "{'jsonrpc':'2.0','id':7,'method':'ping','\\u006dethod':'ping'}", 400,
						-32600, OMITTED),
				params("key twice, deep down", "tools/call", "{'name':'echo','arguments':{'text':'a','text':'a'}}", 400,
						-32600),
				params("too deep, arrays", "ping", "{'x':" + "[".repeat(70) + "]".repeat(70) + "}", 400, -32600),
				params("too deep, objects", "ping", "{'x':" + "{'x':".repeat(70) + "1" + "}".repeat(71), 400, -32600),
				row("too deep to end", "[".repeat(100_000), 400, -32600, OMITTED),
				params("string too long", "ping", "{'x':'" + "s".repeat(1_000_001) + "'}", 400, -32600),
				params("name too long", "ping", "{'" + "n".repeat(1025) + "':1}", 400, -32600),
				params("array too long", "ping", "{'x':[1" + ",1".repeat(10_000) + "]}", 400, -32600),
				params("object too large", "ping", "{'x':{" + members(10_001) + "}}", 400, -32600),
				params("integer too long", "ping", "{'x':1" + "0".repeat(200) + "}", 400, -32600),
				params("number out of range", "ping", "{'x':1e999}", 400, -32600),
				params("number far out of range", "ping", "{'x':-1e99999999999999}", 400, -32600),
				params("half a character", "ping", "{'x':'\\udc00'}", 400, -32700),
				params("half a character in a name", "ping", "{'\\ud800x':1}", 400, -32700),
				params("halves in the wrong order", "ping", "{'x':'\\ude00\\ud83d'}", 400, -32700),
				params("half a character twice", "ping", "{'x':'\\ud83d\\ud83d\\ude00'}", 400, -32700),
				params("text about half a character", "ping", "{'x':'\\\\ud83d'}", 0),
				params("as deep as allowed", "ping", "{'x':" + "[".repeat(62) + "]".repeat(62) + "}", 0),
				params("as long a string as allowed", "ping", "{'x':'" + "s".repeat(1_000_000) + "'}", 0),
				params("as long an array as allowed", "ping", "{'x':[1" + ",1".repeat(9_999) + "]}", 0),
				params("as large an object as allowed", "ping", "{'x':{" + members(10_000) + "}}", 0),
				params("number next to nothing", "ping", "{'x':1e-999}", 0));
	}

	static Stream<Row> noJson() {
		String head = "{'jsonrpc':'2.0','id':7,'method':'ping'";
		return Stream.of(row("cut off", head, 400, -32700, OMITTED),
				row("two values", head + "}{}", 400, -32700, OMITTED),
				row("garbage behind", head + "} x", 400, -32700, OMITTED),
				row("brace too many", head + "}}", 400, -32700, OMITTED),
				row("NaN", head + ",'params':{'x':NaN}}", 400, -32700, OMITTED),
				row("Infinity", head + ",'params':{'x':-Infinity}}", 400, -32700, OMITTED),
				row("block comment", head + "/* */}", 400, -32700, OMITTED),
				row("line comment", head + "}// x", 400, -32700, OMITTED),
				row("comma too many", head + ",}", 400, -32700, OMITTED),
				row("name without quotes", head + ",params:{}}", 400, -32700, OMITTED),
				row("leading zero", head + ",'params':{'x':007}}", 400, -32700, OMITTED),
				row("leading plus", head + ",'params':{'x':+7}}", 400, -32700, OMITTED),
				row("leading point", head + ",'params':{'x':.5}}", 400, -32700, OMITTED),
				row("hexadecimal", head + ",'params':{'x':0x1F}}", 400, -32700, OMITTED),
				row("control character", head + ",'params':{'x':'a\nb'}}", 400, -32700, OMITTED),
				row("NUL", head + "\0}", 400, -32700, OMITTED),
				row("unknown escape", head + ",'params':{'x':'\\x41'}}", 400, -32700, OMITTED),
				row("form", "jsonrpc=2.0&id=7&method=ping", 400, -32700, OMITTED),
				row("XML", "<methodCall/>", 400, -32700, OMITTED), new Row("single quotes",
						"{'jsonrpc':'2.0'}".getBytes(StandardCharsets.US_ASCII), 400, -32700, OMITTED));
	}

	static Stream<Row> encodings() {
		return Stream.of(bytes("byte that is no UTF-8", 400, -32700, 0xFF),
				bytes("character cut off", 400, -32700, 0xC3), bytes("overlong NUL", 400, -32700, 0xC0, 0x80),
				bytes("overlong quote", 400, -32700, 0xC0, 0xA2),
				bytes("overlong slash", 400, -32700, 0xE0, 0x80, 0xAF),
				bytes("surrogate", 400, -32700, 0xED, 0xA0, 0x80),
				bytes("beyond Unicode", 400, -32700, 0xF4, 0x90, 0x80, 0x80), bytes("two bytes", 200, 0, 0xC3, 0xA9),
				bytes("four bytes", 200, 0, 0xF0, 0x9F, 0x98, 0x80), encoded("UTF-16BE"), encoded("UTF-16LE"),
				encoded("UTF-16"), encoded("UTF-32BE"), encoded("UTF-32LE"),
				row("byte order mark", "\uFEFF" + LIST, 200, 0, "7"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("inBand")
	void batchWhenMembersMalformedThenEachAnswered(Row row) {
		RawResponse response = connection.send(RawRequest.post(row.body()));
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		JsonNode answers = response.json();
		assertThat(answers.isArray()).isTrue();
		for (JsonNode answer : answers) {
			check(answer, row);
		}
		LeakCheck.check(response);
	}

	static Stream<Row> inBand() {
		return Stream.of(row("number", "[1]", 200, -32600, OMITTED), row("null", "[null]", 200, -32600, OMITTED),
				row("batch", "[[]]", 200, -32600, OMITTED), row("strings", "['a','b']", 200, -32600, OMITTED),
				row("unknown method", "[{'jsonrpc':'2.0','id':7,'method':'x'}]", 200, -32601, "7"),
				row("initialize", "[{'jsonrpc':'2.0','id':7,'method':'initialize','params':{}}]", 200, -32600, "7"),
				row("no method", "[{'jsonrpc':'2.0','id':7}]", 200, -32600, "7"));
	}

	@Test
	void batchWhenOnlyNotificationsThenAccepted() {
		RawResponse response = connection
			.send(RawRequest.post("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]"));
		assertThat(response.status()).isEqualTo(202);
		assertThat(response.body()).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("batchHeaders")
	void batchWhenRevisionHasNoneThenRefused(String version, int status) {
		RawResponse response = connection
			.send(RawRequest.post("[" + LIST + "]").header("MCP-Protocol-Version", version));
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.json().isArray()).isEqualTo(status == 200);
		LeakCheck.check(response);
	}

	static Stream<Object[]> batchHeaders() {
		return Stream.of(new Object[] { "2025-03-26", 200 }, new Object[] { "2025-06-18", 400 },
				new Object[] { "2025-11-25", 400 }, new Object[] { "2026-07-28", 400 },
				new Object[] { "2099-01-01", 400 });
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("contentTypes")
	void contentTypeWhenNotJsonThenRefused(String contentType, int status) {
		RawResponse response = connection.send(RawRequest.post(LIST).set("Content-Type", contentType));
		check(response,
				new Row("", new byte[0], status, (status == 200) ? 0 : -32600, (status == 200) ? "7" : OMITTED));
	}

	static Stream<Object[]> contentTypes() {
		return Stream.of(new Object[] { "application/json", 200 },
				new Object[] { "application/json; charset=utf-8", 200 },
				new Object[] { "application/json;charset=\"UTF-8\"", 200 }, new Object[] { "Application/JSON", 200 },
				new Object[] { " application/json ;x=y", 200 }, new Object[] { null, 415 },
				new Object[] { "text/plain", 415 }, new Object[] { "text/json", 415 },
				new Object[] { "application/jsonp", 415 }, new Object[] { "application/json-rpc", 415 },
				new Object[] { "application/*", 415 }, new Object[] { "*/*", 415 },
				new Object[] { "application/x-www-form-urlencoded", 415 },
				new Object[] { "multipart/form-data; boundary=x", 415 }, new Object[] { "garbage", 415 },
				new Object[] { ";", 415 }, new Object[] { "text/plain;application/json", 415 });
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("accepts")
	void acceptWhenGivenThenNegotiated(List<String> accept, String contentType) {
		RawRequest request = RawRequest.post(LIST).set("Accept", null);
		accept.forEach((value) -> request.header("Accept", value));
		RawResponse response = connection.send(request);
		if (contentType == null) {
			check(response, new Row("", new byte[0], 406, -32600, OMITTED));
			return;
		}
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).isEqualTo(contentType);
		JsonNode answer = (contentType.equals("application/json")) ? response.json()
				: RunningServer.events(response.text()).get(0);
		assertThat(answer.at("/result/tools").isArray()).isTrue();
	}

	static Stream<Object[]> accepts() {
		String json = "application/json";
		String stream = "text/event-stream";
		return Stream.of(new Object[] { List.of("application/json, text/event-stream"), json },
				new Object[] { List.of("text/event-stream,application/json"), json },
				new Object[] { List.of("Text/Event-Stream , APPLICATION/JSON"), json },
				new Object[] { List.of(), json }, new Object[] { List.of("*/*"), json },
				new Object[] { List.of("application/*"), json }, new Object[] { List.of("application/json"), json },
				new Object[] { List.of("application/json;charset=utf-8"), json },
				new Object[] { List.of("application/json;q=0.001"), json },
				new Object[] { List.of("text/html, application/xhtml+xml, */*;q=0.8"), json },
				new Object[] { List.of("text/html", "application/json"), json },
				new Object[] { List.of("text/event-stream", "application/json"), json },
				new Object[] { List.of("text/event-stream;q=0, */*"), json },
				new Object[] { List.of("text/event-stream"), stream }, new Object[] { List.of("text/*"), stream },
				new Object[] { List.of("application/json;q=0, */*"), stream },
				new Object[] { List.of("*/*", "application/json;q=0"), stream },
				new Object[] { List.of("application/*;q=0, text/event-stream"), stream },
				new Object[] { List.of("text/html"), null }, new Object[] { List.of("*/*;q=0"), null },
				new Object[] { List.of("application/json;q=0"), null },
				new Object[] { List.of("application/json;q=0, text/event-stream;q=0.0"), null },
				new Object[] { List.of("application/json;q=x"), null }, new Object[] { List.of("garbage"), null },
				new Object[] { List.of("/"), null }, new Object[] { List.of("application/"), null },
				new Object[] { List.of("application/json-seq"), null },
				new Object[] { List.of("application/problem+json"), null }, new Object[] { List.of(""), null });
	}

	@Test
	void errorWhenOnlyEventStreamAcceptedThenStatusDecidesForm() {
		RawResponse inBand = connection.send(RawRequest.post("""
				{"jsonrpc":"2.0","id":7,"method":"none"}""").set("Accept", "text/event-stream"));
		assertThat(inBand.status()).isEqualTo(200);
		assertThat(inBand.header("Content-Type")).isEqualTo("text/event-stream");
		assertThat(RunningServer.events(inBand.text()).get(0).at("/error/code").asInt()).isEqualTo(-32601);
		RawResponse refused = connection.send(RawRequest.post("{").set("Accept", "text/event-stream"));
		check(refused, new Row("", new byte[0], 400, -32700, OMITTED));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("methods")
	void methodWhenNotServedThenRefused(String method, int status) {
		RawResponse response = connection.send(RawRequest.of(method).header("Accept", "*/*"));
		assertThat(response.status()).isEqualTo(status);
		LeakCheck.check(response);
		if (status == 405) {
			assertThat(response.has("Allow")).isTrue();
		}
		if (status == 405 && !"HEAD".equals(method)) {
			check(response, new Row("", new byte[0], 405, -32600, OMITTED));
		}
		else {
			assertThat(response.body()).isEmpty();
		}
	}

	static Stream<Object[]> methods() {
		return Stream.of(new Object[] { "HEAD", 405 }, new Object[] { "PUT", 405 }, new Object[] { "PATCH", 405 },
				new Object[] { "post", 405 }, new Object[] { "PROPFIND", 405 }, new Object[] { "OPTIONS", 204 });
	}

	@Test
	void traceWhenSentThenRefusedByContainer() {
		RawResponse response = connection.send(RawRequest.of("TRACE").header("X-Secret", "mine"));
		assertThat(response.status()).isEqualTo(405);
		assertThat(response.text()).doesNotContain("mine");
		LeakCheck.check(response);
	}

	@Test
	void bodyWhenAsLargeAsAllowedThenServed() {
		check(connection.send(RawRequest.post(padded(MEBIBYTE))), row("", "", 200, 0, "7"));
		check(connection.send(RawRequest.post(padded(MEBIBYTE)).chunked()), row("", "", 200, 0, "7"));
	}

	@Test
	void bodyWhenTooLargeThenRefused() {
		check(RawConnection.send(server, RawRequest.post(padded(MEBIBYTE + 1))), row("", "", 413, -32600, OMITTED));
	}

	@Test
	void bodyWhenTooLargeInChunksThenRefused() {
		check(RawConnection.send(server, RawRequest.post(padded(MEBIBYTE + 1)).chunked()),
				row("", "", 413, -32600, OMITTED));
	}

	@Test
	void bodyWhenAnnouncedTooLargeThenRefusedUnread() {
		RawRequest request = RawRequest.post(new byte[0])
			.header("Content-Length", "99999999999")
			.header("Expect", "100-continue");
		check(RawConnection.send(server, request), row("", "", 413, -32600, OMITTED));
	}

	@Test
	void bodyWhenChunksMalformedThenRefusedByContainer() {
		RawRequest request = RawRequest.post("zz\r\n{}\r\n0\r\n\r\n").header("Transfer-Encoding", "chunked");
		RawResponse response = RawConnection.send(server, request.set("Content-Length", null));
		assertThat(response.status()).isEqualTo(400);
		LeakCheck.check(response);
	}

	@Test
	void connectionWhenErrorsThenStaysUsable() {
		try (RawConnection own = RawConnection.to(server)) {
			own.send(RawRequest.post("{"));
			own.send(RawRequest.post(LIST).set("Content-Type", "text/plain"));
			own.send(RawRequest.of("PUT").body("x".repeat(5000).getBytes(StandardCharsets.US_ASCII)));
			check(own.send(RawRequest.post(LIST)), row("", "", 200, 0, "7"));
		}
	}

	private static void check(RawResponse response, Row expected) {
		assertThat(response.status()).as("status of %s", response).isEqualTo(expected.status());
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		check(response.json(), expected);
		LeakCheck.check(response);
	}

	private static void check(JsonNode body, Row expected) {
		assertThat(body.get("jsonrpc").asString()).isEqualTo("2.0");
		assertThat(body.has("result")).as("%s", body).isEqualTo(expected.code() == 0);
		assertThat(body.at("/error/code").asInt(0)).as("%s", body).isEqualTo(expected.code());
		if (expected.code() != 0) {
			String message = body.at("/error/message").asString();
			assertThat(message).isNotBlank();
			assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message)).as("whole characters").isTrue();
		}
		if (expected.id() != null) {
			assertThat(body.get("id")).isEqualTo(RunningServer.json(expected.id()));
		}
		else {
			assertThat(body.has("id")).as("%s", body).isFalse();
		}
	}

	private static Row row(String what, String body, int status, int code, String id) {
		return new Row(what, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), status, code, id);
	}

	/**
	 * A request that is read, and answered in-band.
	 */
	private static Row params(String what, String method, String params, int code) {
		return row(what, request(method, params), 200, code, "7");
	}

	/**
	 * A request that is not read as far as its id.
	 */
	private static Row params(String what, String method, String params, int status, int code) {
		return row(what, request(method, params), status, code, OMITTED);
	}

	private static String request(String method, String params) {
		String member = ("-".equals(params)) ? "" : ",'params':" + params;
		return "{'jsonrpc':'2.0','id':7,'method':'" + method + "'" + member + "}";
	}

	/**
	 * A request with bytes within a string.
	 */
	private static Row bytes(String what, int status, int code, int... bytes) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":{\"x\":\"a"
			.getBytes(StandardCharsets.US_ASCII));
		Arrays.stream(bytes).forEach(body::write);
		body.writeBytes("\"}}".getBytes(StandardCharsets.US_ASCII));
		return new Row(what, body.toByteArray(), status, code, (code == 0) ? "7" : OMITTED);
	}

	private static Row encoded(String charset) {
		return new Row(charset, LIST.getBytes(Charset.forName(charset)), 400, -32700, OMITTED);
	}

	private static String members(int count) {
		StringBuilder members = new StringBuilder("'k':1");
		for (int i = 1; i < count; i++) {
			members.append(",'k").append(i).append("':1");
		}
		return members.toString();
	}

	private static String padded(int length) {
		return LIST + " ".repeat(length - LIST.length());
	}

	/**
	 * One row of the table.
	 *
	 * @param what what is wrong
	 * @param body the body of the request
	 * @param status the status of the answer
	 * @param code the JSON-RPC error code, 0 for a result
	 * @param id the id in the answer as JSON, {@code null} if there must be none
	 */
	record Row(String what, byte[] body, int status, int code, String id) {

		@Override
		public String toString() {
			return this.what;
		}

	}

}
