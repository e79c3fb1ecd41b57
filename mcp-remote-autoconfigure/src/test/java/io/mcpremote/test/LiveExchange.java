// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;

/**
 * One HTTP exchange over a connection of its own, whose answer is read as it arrives and
 * which the test can break off at any moment.
 */
public final class LiveExchange implements AutoCloseable {

	private final Socket socket;

	private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

	private final List<Event> seen = new ArrayList<>();

	private Head head;

	private LiveExchange(Socket socket) {
		this.socket = socket;
	}

	/**
	 * Send a request and begin to read the answer.
	 * @param server the server
	 * @param httpMethod the HTTP method
	 * @param body the body, may be empty
	 * @param headers further headers, name and value in turn; these replace the usual
	 * ones
	 */
	public static LiveExchange open(RunningServer server, String httpMethod, String body, String... headers) {
		LiveExchange exchange = unread(server, 0, httpMethod, body, headers);
		Thread reader = new Thread(exchange::read, "live-exchange");
		reader.setDaemon(true);
		reader.start();
		return exchange;
	}

	/**
	 * Send a request whose answer nobody reads.
	 * @param receiveBuffer the size of the receive buffer, 0 for the usual one
	 */
	public static LiveExchange unread(RunningServer server, int receiveBuffer, String httpMethod, String body,
			String... headers) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("Host", "127.0.0.1:" + server.port());
		all.put("Accept", "application/json, text/event-stream");
		if (!body.isEmpty()) {
			all.put("Content-Type", "application/json");
			all.put("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
		}
		UsedSecrets.sent(headers);
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		StringBuilder request = new StringBuilder(httpMethod + " /mcp HTTP/1.1\r\n");
		all.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		request.append("\r\n").append(body);
		try {
			Socket socket = new Socket();
			if (receiveBuffer > 0) {
				socket.setReceiveBufferSize(receiveBuffer);
			}
			socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
			socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
			socket.getOutputStream().flush();
			return new LiveExchange(socket);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static LiveExchange open(RunningServer server, ModernRequest message) {
		return open(server, "POST", message.body(), message.headers());
	}

	public int status() {
		return head().status();
	}

	public String header(String name) {
		return head().headers().get(name.toLowerCase(Locale.ROOT));
	}

	public boolean isEventStream() {
		String type = header("Content-Type");
		return type != null && type.startsWith("text/event-stream");
	}

	/**
	 * Wait for the next event, or sign of life, or the body if this is no stream.
	 */
	public Event next() {
		head();
		Object next = take();
		if (next instanceof Event event) {
			this.seen.add(event);
			return event;
		}
		throw new AssertionError("The answer ended after " + this.seen + " with " + next);
	}

	/**
	 * Wait for the next message, passing over everything else.
	 */
	public JsonNode message() {
		Event event = next();
		while (event.data().isEmpty()) {
			event = next();
		}
		return event.json();
	}

	/**
	 * Wait for the next message of a method, passing over everything else.
	 */
	public JsonNode message(String method) {
		JsonNode message = message();
		while (!method.equals(message.path("method").asString())) {
			message = message();
		}
		return message;
	}

	/**
	 * Wait for the response, passing over everything else.
	 */
	public JsonNode response() {
		JsonNode message = message();
		while (message.has("method")) {
			message = message();
		}
		return message;
	}

	/**
	 * Wait for the first sign of life.
	 */
	public void awaitComment() {
		Event event = next();
		while (!event.comment()) {
			event = next();
		}
	}

	/**
	 * Wait for the end and return the messages that came before it and after those
	 * already taken.
	 */
	public List<JsonNode> rest() {
		List<JsonNode> rest = new ArrayList<>();
		head();
		Object next = take();
		while (next instanceof Event event) {
			this.seen.add(event);
			if (!event.data().isEmpty()) {
				rest.add(event.json());
			}
			next = take();
		}
		return rest;
	}

	/**
	 * Return everything that was taken so far.
	 */
	public List<Event> seen() {
		return this.seen;
	}

	public String lastEventId() {
		String last = null;
		for (Event event : this.seen) {
			last = (event.id() != null) ? event.id() : last;
		}
		return last;
	}

	/**
	 * Hang up so that the server notices with its next write at the latest.
	 */
	public void abort() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Head head() {
		if (this.head == null) {
			Object first = take();
			if (!(first instanceof Head arrivedHead)) {
				throw new AssertionError("There was no answer, but " + first);
			}
			this.head = arrivedHead;
		}
		return this.head;
	}

	private Object take() {
		try {
			Object next = this.arrived.poll(Eventually.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
			if (next == null) {
				throw new AssertionError("Nothing arrived after " + this.seen);
			}
			if (next instanceof End) {
				this.arrived.add(next);
			}
			return next;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void read() {
		try (InputStream in = new BufferedInputStream(this.socket.getInputStream())) {
			Head arrivedHead = readHead(in);
			this.arrived.add(arrivedHead);
			InputStream body = body(arrivedHead.headers(), in);
			if (arrivedHead.headers().getOrDefault("content-type", "").startsWith("text/event-stream")) {
				readEvents(body);
			}
			else {
				byte[] all = body.readAllBytes();
				if (all.length > 0) {
					this.arrived.add(new Event(null, new String(all, StandardCharsets.UTF_8), false));
				}
			}
			this.arrived.add(new End("the end"));
		}
		catch (IOException | RuntimeException ex) {
			this.arrived.add(new End(ex.toString()));
		}
	}

	private void readEvents(InputStream body) throws IOException {
		String id = null;
		StringBuilder data = new StringBuilder();
		boolean comment = false;
		for (String line = line(body); line != null; line = line(body)) {
			if (line.isEmpty()) {
				this.arrived.add(new Event(id, data.toString(), comment));
				id = null;
				data.setLength(0);
				comment = false;
			}
			else if (line.startsWith(":")) {
				comment = true;
			}
			else if (line.startsWith("id: ")) {
				id = line.substring(4);
			}
			else if (line.startsWith("data: ")) {
				data.append(line.substring(6));
			}
		}
	}

	private static InputStream body(Map<String, String> headers, InputStream in) throws IOException {
		if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
			return new Chunks(in);
		}
		String length = headers.get("content-length");
		return (length != null) ? new ByteArrayInputStream(in.readNBytes(Integer.parseInt(length))) : in;
	}

	private static Head readHead(InputStream in) throws IOException {
		String status = line(in);
		if (status == null) {
			throw new IOException("no answer");
		}
		Map<String, String> headers = new LinkedHashMap<>();
		for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		return new Head(Integer.parseInt(status.split(" ")[1]), headers);
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next == -1) {
				return (line.size() > 0) ? line.toString(StandardCharsets.UTF_8) : null;
			}
			if (next != '\r') {
				line.write(next);
			}
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Something that arrived on a stream.
	 *
	 * @param id its id, if it has one
	 * @param data its data, may be empty
	 * @param comment whether it is only a sign of life
	 */
	public record Event(String id, String data, boolean comment) {

		public JsonNode json() {
			return RunningServer.json(this.data);
		}

	}

	private record Head(int status, Map<String, String> headers) {

	}

	private record End(String reason) {

	}

	/**
	 * Takes chunks apart.
	 */
	private static final class Chunks extends InputStream {

		private final InputStream in;

		private int left;

		private boolean done;

		private boolean begun;

		private Chunks(InputStream in) {
			this.in = in;
		}

		@Override
		public int read() throws IOException {
			if (this.left == 0 && !this.done) {
				if (this.begun) {
					line(this.in);
				}
				this.begun = true;
				String size = line(this.in);
				if (size == null) {
					throw new IOException("broken off");
				}
				this.left = Integer.parseInt(size.strip(), 16);
				this.done = this.left == 0;
			}
			if (this.done) {
				return -1;
			}
			this.left--;
			int next = this.in.read();
			if (next == -1) {
				throw new IOException("broken off");
			}
			return next;
		}

	}

}
