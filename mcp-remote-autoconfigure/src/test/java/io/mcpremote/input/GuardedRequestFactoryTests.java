// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
		this.rules = new UrlRules(Set.of("http"), List.of(HostPattern.of("*.test:*")),
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

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 102 Processing\r\n\r\n|HTTP/1.1 102 Processing\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1500\r\n\r\n|x", "HTTP/1.1 200 OK\r\n|A" })
	void requestWhenAnswerTricklesThenEndsWithTheTotalTime(String parts) throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		GuardedRequestFactory hasty = factory(this.rules, 2, Duration.ofMillis(400));
		try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getByName(PUBLIC))) {
			Thread writer = new Thread(() -> {
				try (Socket socket = slow.accept()) {
					String[] sent = parts.split("\\|");
					socket.getOutputStream().write(sent[0].getBytes(StandardCharsets.US_ASCII));
					while (!closed.await(20, TimeUnit.MILLISECONDS)) {
						socket.getOutputStream().write(sent[1].getBytes(StandardCharsets.US_ASCII));
					}
				}
				catch (IOException | InterruptedException ex) {
					closed.countDown();
				}
			});
			writer.start();
			RestClient client = RestClient.builder().requestFactory(hasty).build();
			URI uri = URI.create("http://public.test:" + slow.getLocalPort() + "/");
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> client.get().uri(uri).retrieve().body(String.class))
				.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("mcp.remote.input.url.total-timeout"));
			assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			hasty.destroy();
		}
	}

	@Test
	void requestWhenAnsweredInTimeThenNothingIsLeftBehind() throws Exception {
		AtomicInteger cancelled = new AtomicInteger();
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
		timer.setRemoveOnCancelPolicy(true);
		TotalTime.Countdown countdown = new TotalTime.Countdown(() -> cancelled.incrementAndGet() > 0);
		countdown.start(timer, Duration.ofHours(1));
		new TimedEntity(new StringEntity("hello"), countdown).writeTo(new ByteArrayOutputStream());
		assertThat(timer.getQueue()).isEmpty();
		assertThat(cancelled).hasValue(0);
		timer.shutdownNow();
	}

	@Test
	void requestWhenHostHasManyAddressesThenFourAreTried() throws Exception {
		// Nobody listens at the first four
		this.names.put("four.test", new ArrayDeque<>(List.of("127.0.0.3,127.0.0.4,127.0.0.5,127.0.0.6," + PUBLIC)));
		this.names.put("three.test", new ArrayDeque<>(List.of("127.0.0.3,127.0.0.4,127.0.0.5," + PUBLIC)));
		UrlRules open = new UrlRules(Set.of("http"), List.of(HostPattern.of("*.test:*")),
				new PublicAddresses(this::find, (address) -> true));
		GuardedRequestFactory factory = factory(open, 2);
		RestClient client = RestClient.builder().requestFactory(factory).build();
		assertThat(client.get().uri("http://three.test:" + port() + "/").retrieve().body(String.class))
			.isEqualTo("hello");
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> client.get().uri("http://four.test:" + port() + "/").retrieve().body(String.class));
		factory.destroy();
	}

	@Test
	void readWhenInterruptedThenConnectionIsClosed() throws Exception {
		AtomicInteger closed = new AtomicInteger();
		BoundedEntity entity = new BoundedEntity(new StringEntity("hello"), 10, closed::incrementAndGet);
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(InterruptedIOException.class)
				.isThrownBy(() -> entity.getContent().read(new byte[5], 0, 5));
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(closed).hasValue(1);
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
		return factory(rules, maxRedirects, Duration.ofMinutes(10));
	}

	private static GuardedRequestFactory factory(UrlRules rules, int maxRedirects, Duration totalTimeout) {
		return new GuardedRequestFactory(rules, new McpRemoteInputProperties.Url(List.of("http"), List.of(),
				Duration.ofSeconds(20), totalTimeout, DataSize.ofBytes(2000), maxRedirects));
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
