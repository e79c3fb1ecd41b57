// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.mcpremote.test.RawRequest;

/**
 * Makes requests of which most are wrong in some way: takes a good one and spoils its
 * JSON, its bytes, its headers, or several of them. The same number always makes the same
 * request, apart from the id of the session.
 */
final class FuzzMessages {

	private static final String META = """
			"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
			"io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},\
			"io.modelcontextprotocol/clientInfo":{"name":"fuzz","version":"1"},\
			"io.modelcontextprotocol/logLevel":"debug","progressToken":"p"}""";

	private static final List<Sample> SAMPLES = List.of(modern("server/discover", "", ""), modern("tools/list", "", ""),
			modern("tools/list", "\"cursor\":\"\",", ""), modern("tools/call", tool("echo", "\"text\":\"hi\""), "echo"),
			modern("tools/call", tool("add", "\"one\":1,\"other\":2"), "add"),
			modern("tools/call", tool("report", ""), "report"), modern("tools/call", tool("ask", ""), "ask"),
			modern("tools/call",
					"\"inputResponses\":{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}},"
							+ tool("ask", ""),
					"ask"),
			modern("tools/call", "\"requestState\":\"v2.0.x\"," + tool("ask", ""), "ask"),
			modern("tools/call",
					tool("regional", "\"region\":\"us\",\"count\":42,\"dry\":true,\"place\":{\"city\":\"Oslo\"}"),
					"regional")
				.with("Mcp-Param-Region", "us")
				.with("Mcp-Param-Count", "42")
				.with("Mcp-Param-Dry", "true")
				.with("Mcp-Param-City", "=?base64?T3Nsbw==?="),
			modern("prompts/list", "", ""),
			modern("prompts/get", "\"name\":\"greet\",\"arguments\":{\"name\":\"Ann\"},", "greet"),
			modern("resources/list", "", ""), modern("resources/templates/list", "", ""),
			modern("resources/read", "\"uri\":\"test://item/7\",", "test://item/7"),
			modern("completion/complete",
					"\"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"},\"argument\":{\"name\":\"name\",\"value\":\"A\"},",
					""),
			modern("subscriptions/listen",
					"\"notifications\":{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"test://text\"]},", ""),
			legacy("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1,\"reason\":\"x\"}}")
				.with("MCP-Protocol-Version", "2026-07-28"),
			legacy("""
					{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
					"capabilities":{"roots":{"listChanged":true}},"clientInfo":{"name":"fuzz","version":"1"}}}"""),
			legacy("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}"),
			legacy("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"),
			legacy("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":99}}"),
			legacy("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}"),
			legacy("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"action\":\"accept\",\"content\":{}}}"),
			legacy("{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-1,\"message\":\"no\"}}"),
			legacy(request("tools/list", "\"cursor\":\"\"")),
			legacy(request("tools/call", tool("echo", "\"text\":\"hi\""))),
			legacy(request("tools/call", "\"_meta\":{\"progressToken\":1}," + tool("report", ""))),
			legacy(request("tools/call", tool("ask", ""))),
			legacy(request("prompts/get", "\"name\":\"greet\",\"arguments\":{\"name\":\"Ann\"}")),
			legacy(request("resources/read", "\"uri\":\"test://text\"")),
			legacy(request("resources/subscribe", "\"uri\":\"test://text\"")),
			legacy(request("resources/unsubscribe", "\"uri\":\"test://text\"")),
			legacy(request("logging/setLevel", "\"level\":\"warning\"")),
			legacy(request("completion/complete",
					"\"ref\":{\"type\":\"ref/resource\",\"uri\":\"test://item/{id}\"},\"argument\":{\"name\":\"id\",\"value\":\"1\"}")),
			legacy("[" + request("tools/list", "") + "," + request("ping", "")
					+ ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]"));

	private static final List<String> ACCEPTS = List.of("*/*", "application/json", "text/event-stream", "text/html", "",
			"application/json;q=0", "application/json;q=0, */*", "garbage", "*/*;q=0", "application/*, text/*;q=0.1",
			",,,", "application/json;q=2", "text/event-stream;charset=utf-8, */*;q=0.001");

	private static final List<String> CONTENT_TYPES = List.of("text/plain", "application/json; charset=utf-16", "",
			"application/JSON;;", "multipart/form-data", "application/x-www-form-urlencoded", "application/json;a=\"");

	private static final List<String> METHODS = List.of("GET", "GET", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS",
			"QUERY");

	private static final List<String> VERSIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25",
			"2026-07-28", "2099-01-01", "", "x", "2026-07-28 ", "2026-07-28, 2026-07-28");

	private static final List<String> HEADERS = List.of("MCP-Protocol-Version", "Mcp-Method", "Mcp-Name",
			"Mcp-Session-Id", "Mcp-Param-Region", "Mcp-Param-Count", "Last-Event-ID", "Accept", "Content-Type",
			"Origin", "Authorization", "X-Forwarded-For");

	private final long seed;

	FuzzMessages(long seed) {
		this.seed = seed;
	}

	RawRequest message(int number, String session) {
		Random random = new Random(this.seed * 1_000_003 + number);
		Sample sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
		Object json = FuzzJson.copy(sample.json());
		int kind = random.nextInt(10);
		if (kind < 7) {
			for (int i = 1 + random.nextInt(3); i > 0; i--) {
				json = FuzzJson.mutate(json, random, SAMPLES.get(random.nextInt(SAMPLES.size())).json());
			}
		}
		byte[] body = FuzzJson.write(json, random).getBytes(StandardCharsets.UTF_8);
		if (kind == 7 || random.nextInt(40) == 0) {
			body = bytes(body, random);
		}
		RawRequest request = RawRequest.of("POST")
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.body(body);
		sample.headers().forEach((header) -> request.header(header[0], header[1]));
		if (sample.legacy() && random.nextInt(3) > 0) {
			request.header("Mcp-Session-Id", session);
		}
		if (kind >= 8 || random.nextInt(10) == 0) {
			for (int i = 1 + random.nextInt(3); i > 0; i--) {
				http(request, sample, session, random);
			}
		}
		return request;
	}

	private static void http(RawRequest request, Sample sample, String session, Random random) {
		String name = HEADERS.get(random.nextInt(HEADERS.size()));
		switch (random.nextInt(13)) {
			case 0 -> request.set(name, null);
			case 1 -> request.set(name, value(random));
			case 2 -> request.header(name, value(random));
			case 3 -> request.set("Accept", ACCEPTS.get(random.nextInt(ACCEPTS.size())));
			case 4 -> request.set("Content-Type", CONTENT_TYPES.get(random.nextInt(CONTENT_TYPES.size())));
			case 5 -> request.set("MCP-Protocol-Version", VERSIONS.get(random.nextInt(VERSIONS.size())));
			case 6 -> request.method(METHODS.get(random.nextInt(METHODS.size())));
			case 7 -> request.chunked();
			case 8 -> request.set("Mcp-Session-Id", (random.nextBoolean()) ? session : value(random));
			case 9 -> {
				List<String[]> swapped = new ArrayList<>(sample.headers());
				if (swapped.size() > 1) {
					Collections.shuffle(swapped, random);
					request.set(swapped.get(0)[0], swapped.get(1)[1]);
				}
			}
			case 10 -> sample.headers().forEach((header) -> {
				request.set(header[0], null);
				request.header(header[0].toUpperCase(Locale.ROOT), " \t" + header[1] + "\t ");
			});
			case 11 -> request.set("Host",
					List.of("localhost", "[::1]:1", "evil.example", "LOCALHOST.").get(random.nextInt(4)));
			default -> request.header("Mcp-Session-Id", session)
				.set("Accept", "text/event-stream")
				.method("GET")
				.body(new byte[0]);
		}
	}

	private static String value(Random random) {
		return switch (random.nextInt(6)) {
			case 0 -> "";
			case 1 -> "=?base64?" + text(random, 8) + "?=";
			case 2 -> "=?base64?/w==?=";
			case 3 -> "v".repeat(random.nextInt(2000));
			case 4 -> "http://localhost:" + random.nextInt(70000);
			default -> text(random, 1 + random.nextInt(30));
		};
	}

	/**
	 * Return text of the characters that may occur in the value of a header.
	 */
	private static String text(Random random, int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < length; i++) {
			int c = random.nextInt(200);
			text.append((char) ((c < 95) ? 0x20 + c : (c < 190) ? 0x21 + c - 95 : 0x80 + c - 190));
		}
		return text.toString().replace('\u007F', 'x');
	}

	private static byte[] bytes(byte[] body, Random random) {
		int from = random.nextInt(body.length + 1);
		int to = Math.min(body.length, from + random.nextInt(20));
		byte[] head = Arrays.copyOf(body, from);
		byte[] tail = Arrays.copyOfRange(body, to, body.length);
		byte[] noise = new byte[random.nextInt(12)];
		random.nextBytes(noise);
		return switch (random.nextInt(9)) {
			case 0 -> head;
			case 1 -> join(head, tail);
			case 2 -> join(head, noise, tail);
			case 3 -> join(body, noise);
			case 4 -> join(noise, body);
			case 5 -> join(body, body);
			case 6 -> new String(body, StandardCharsets.UTF_8)
				.getBytes((random.nextBoolean()) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16);
			case 7 -> (random.nextInt(50) == 0) ? Arrays.copyOf(body, 1_100_000) : noise;
			default -> flipped(body, random);
		};
	}

	private static byte[] flipped(byte[] body, Random random) {
		byte[] flipped = body.clone();
		if (flipped.length > 0) {
			flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return flipped;
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

	private static String tool(String name, String arguments) {
		return "\"name\":\"" + name + "\",\"arguments\":{" + arguments + "}";
	}

	private static String request(String method, String params) {
		return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + params + "}}";
	}

	private static Sample modern(String method, String params, String name) {
		String separator = (params.isEmpty() || params.endsWith(",")) ? "" : ",";
		Sample sample = new Sample(FuzzJson.parse(request(method, params + separator + META)), List.of(), false)
			.with("MCP-Protocol-Version", "2026-07-28")
			.with("Mcp-Method", method);
		return (name.isEmpty()) ? sample : sample.with("Mcp-Name", name);
	}

	private static Sample legacy(String json) {
		return new Sample(FuzzJson.parse(json), List.of(), true);
	}

	/**
	 * A good message.
	 *
	 * @param json the message
	 * @param headers its headers, besides those that all have
	 * @param legacy whether it may have a session
	 */
	private record Sample(Object json, List<String[]> headers, boolean legacy) {

		Sample with(String name, String value) {
			List<String[]> more = new ArrayList<>(this.headers);
			more.add(new String[] { name, value });
			return new Sample(this.json, more, this.legacy);
		}

	}

}
