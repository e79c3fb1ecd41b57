// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A real server on one loopback address, which here counts as public, and the resolver
 * that sends everything else to another one.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Other systems have one loopback address only")
class GuardedRequestFactoryTests {

	private static final String PUBLIC = "127.0.0.1";

	private static final String PRIVATE = "127.0.0.2";

	private final Map<String, Deque<String>> names = new ConcurrentHashMap<>();

	private final AtomicInteger secrets = new AtomicInteger();

	private HttpServer server;

	private HttpServer inside;

	private UrlRules rules;

	private GuardedRequestFactory factory;

	private RestClient client;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(PUBLIC, 0), 0);
		// The same port inside, so that nothing but the address tells them apart
		this.inside = HttpServer.create(new InetSocketAddress(PRIVATE, port()), 0);
		this.inside.createContext("/", (exchange) -> {
			this.secrets.incrementAndGet();
			answer(exchange, 200, "secret");
		});
		this.server.createContext("/", (exchange) -> answer(exchange, 200, "hello"));
		this.server.createContext("/large", (exchange) -> answer(exchange, 200, "x".repeat(3000)));
		this.server.createContext("/chunked", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write("x".repeat(3000).getBytes(StandardCharsets.US_ASCII));
			exchange.close();
		});
		this.server.createContext("/to", (exchange) -> {
			exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getQuery());
			answer(exchange, 302, "");
		});
		this.server.start();
		this.inside.start();
		names("public.test", PUBLIC);
		names("private.test", PRIVATE);
		this.rules = new UrlRules(Set.of("http"), List.of(HostPattern.of("*.test")),
				new PublicAddresses(this::find, (address) -> PUBLIC.equals(address.getHostAddress())));
		this.factory = factory(this.rules, 2);
		this.client = RestClient.builder().requestFactory(this.factory).build();
	}

	@AfterEach
	void stop() throws Exception {
		this.factory.destroy();
		this.server.stop(0);
		this.inside.stop(0);
	}

	@Test
	void requestWhenPublicThenAnswered() {
		assertThat(get("http://public.test:" + port() + "/")).isEqualTo("hello");
		assertThat(get("http://public.test:" + port() + "/to?/elsewhere")).isEqualTo("hello");
	}

	@Test
	void requestWhenPrivateThenRefused() {
		assertRefused("http://private.test:" + port() + "/", UnknownHostException.class);
	}

	@Test
	void requestWhenHostIsNotAllowedThenRefused() {
		names("evil.org", PUBLIC);
		assertRefused("http://evil.org:" + port() + "/", RefusedUrlException.class);
		assertRefused("http://" + PRIVATE + ":" + port() + "/", RefusedUrlException.class);
		assertRefused("https://public.test:" + port() + "/", RefusedUrlException.class);
		assertRefused("http://user@public.test:" + port() + "/", IOException.class);
	}

	@Test
	void requestWhenAddressIsOfTheServerAlreadyKnownThenNameIsStillChecked() {
		assertThat(get("http://public.test:" + port() + "/")).isEqualTo("hello");
		assertRefused("http://" + PUBLIC + ":" + port() + "/", RefusedUrlException.class);
	}

	@Test
	void requestWhenRedirectedToPrivateThenRefused() {
		assertRefused("http://public.test:" + port() + "/to?http://private.test:" + port() + "/",
				UnknownHostException.class);
		assertRefused("http://public.test:" + port() + "/to?http://" + PRIVATE + ":" + port() + "/",
				RefusedUrlException.class);
		assertRefused("http://public.test:" + port() + "/to?http://public.test:" + port() + "/to?http://" + PRIVATE
				+ ":" + port() + "/", RefusedUrlException.class);
		assertRefused("http://public.test:" + port() + "/to?file:///etc/passwd", IOException.class);
	}

	@Test
	void requestWhenRedirectedInCirclesThenEnds() {
		names("more.test", PUBLIC);
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> get("http://public.test:" + port() + "/to?/to?/to?/to?/"));
	}

	@Test
	void requestWhenRedirectsAreOffThenAnswerIsTheRedirect() throws Exception {
		GuardedRequestFactory without = factory(this.rules, 0);
		ResponseEntity<String> answer = RestClient.builder()
			.requestFactory(without)
			.build()
			.get()
			.uri("http://public.test:" + port() + "/to?/x")
			.retrieve()
			.toEntity(String.class);
		assertThat(answer.getStatusCode().value()).isEqualTo(302);
		without.destroy();
	}

	@Test
	void requestWhenNameChangesAfterTheCheckThenRefused() {
		names("rebinding.test", PUBLIC, PRIVATE);
		String url = "http://rebinding.test:" + port() + "/";
		assertThat(this.rules.faultOf(url)).isNull();
		assertRefused(url, UnknownHostException.class);
	}

	@Test
	void requestWhenNameHasBothThenRefused() {
		this.names.put("both.test", new ArrayDeque<>(List.of(PUBLIC + "," + PRIVATE)));
		assertRefused("http://both.test:" + port() + "/", UnknownHostException.class);
	}

	@Test
	void requestWhenAnswerIsTooLargeThenFails() {
		for (String path : List.of("/large", "/chunked")) {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> get("http://public.test:" + port() + path))
				.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("mcp.remote.input.url.max-size"));
		}
		assertThat(get("http://public.test:" + port() + "/")).isEqualTo("hello");
	}

	@Test
	void requestWhenAnswerNeverEndsThenConnectionIsClosed() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getByName(PUBLIC))) {
			Thread writer = new Thread(() -> {
				try (Socket socket = endless.accept()) {
					socket.getOutputStream()
						.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
							.getBytes(StandardCharsets.US_ASCII));
					byte[] more = new byte[1024];
					while (true) {
						socket.getOutputStream().write(more);
					}
				}
				catch (IOException ex) {
					closed.countDown();
				}
			});
			writer.start();
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> get("http://public.test:" + endless.getLocalPort() + "/"));
			assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	private void assertRefused(String url, Class<? extends Throwable> cause) {
		assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> get(url)).withCauseInstanceOf(cause);
		assertThat(this.secrets).hasValue(0);
	}

	private String get(String url) {
		return this.client.get().uri(URI.create(url)).retrieve().body(String.class);
	}

	private int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Set what a name is resolved to, the first time, the second, and from then on.
	 */
	private void names(String name, String... addresses) {
		this.names.put(name, new ArrayDeque<>(List.of(addresses)));
	}

	private InetAddress[] find(String host) throws UnknownHostException {
		Deque<String> addresses = this.names.get(host);
		if (addresses == null) {
			throw new UnknownHostException(host);
		}
		String next = (addresses.size() > 1) ? addresses.poll() : addresses.peek();
		InetAddress[] found = new InetAddress[next.split(",").length];
		for (int i = 0; i < found.length; i++) {
			found[i] = InetAddress.getByName(next.split(",")[i]);
		}
		return found;
	}

	private static GuardedRequestFactory factory(UrlRules rules, int maxRedirects) {
		return new GuardedRequestFactory(rules, new McpRemoteInputProperties.Url(List.of("http"), List.of(),
				Duration.ofSeconds(20), DataSize.ofBytes(2000), maxRedirects));
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
