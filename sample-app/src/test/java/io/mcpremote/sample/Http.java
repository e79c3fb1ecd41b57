// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests, and follows no redirect.
 */
final class Http {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Http SHARED = new Http(HttpClient.newBuilder());

	private final HttpClient client;

	private Http(HttpClient.Builder client) {
		this.client = client.version(HttpClient.Version.HTTP_1_1).build();
	}

	static Http withCookies() {
		return new Http(HttpClient.newBuilder().cookieHandler(new CookieManager()));
	}

	static HttpResponse<String> get(String uri, String... headers) {
		return SHARED.send(request(uri, headers));
	}

	static HttpResponse<String> post(String uri, Map<String, ?> form, String... headers) {
		return SHARED.send(form(request(uri, headers), form));
	}

	static HttpResponse<String> postJson(String uri, Object body, String... headers) {
		return SHARED.send(request(uri, headers).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	/**
	 * Send a form to this machine as somebody does who knows it by another name.
	 * @return the line with the status
	 */
	static String postAs(String host, int port, String path, Map<String, ?> form) {
		String body = encode(form);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream()
				.write(("POST " + path + " HTTP/1.1\r\nHost: " + host
						+ "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
						+ "\r\nConnection: close\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.findFirst()
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static HttpRequest.Builder request(String uri, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(60));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	static HttpRequest.Builder form(HttpRequest.Builder request, Map<String, ?> form) {
		return request.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(encode(form)));
	}

	HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

	static JsonNode json(String text) {
		return JSON.readTree(text);
	}

	/**
	 * Return the claims of a token.
	 */
	static JsonNode claims(String token) {
		return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
	}

	static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Encode parameters, of which those with a list as their value occur several times.
	 */
	static String encode(Map<String, ?> parameters) {
		return parameters.entrySet()
			.stream()
			.flatMap((entry) -> ((entry.getValue() instanceof List<?> list) ? list : List.of(entry.getValue())).stream()
				.map((value) -> entry.getKey() + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)))
			.collect(Collectors.joining("&"));
	}

	static Map<String, String> parameters(URI uri) {
		return Arrays.stream(uri.getRawQuery().split("&"))
			.map((parameter) -> parameter.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

}
