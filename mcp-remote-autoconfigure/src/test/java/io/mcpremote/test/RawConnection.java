// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A connection over which requests are sent byte for byte, one after the other.
 */
public final class RawConnection implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 60_000;

	private final int port;

	private Socket socket;

	private InputStream in;

	private RawConnection(int port) {
		this.port = port;
	}

	public static RawConnection to(RunningServer server) {
		return new RawConnection(server.port());
	}

	/**
	 * Send one request over a connection of its own.
	 */
	public static RawResponse send(RunningServer server, RawRequest request) {
		try (RawConnection connection = to(server)) {
			return connection.send(request);
		}
	}

	/**
	 * Send a request and wait for its answer. A stream that opens with it is not waited
	 * for: what has arrived of it is returned, and the connection is closed.
	 */
	public RawResponse send(RawRequest request) {
		try {
			return exchange(request);
		}
		catch (IOException ex) {
			close();
			throw new UncheckedIOException("No answer to " + request, ex);
		}
	}

	private RawResponse exchange(RawRequest request) throws IOException {
		boolean reused = this.socket != null;
		if (!reused) {
			connect();
		}
		RawResponse response;
		try {
			write(request);
			response = read(request);
		}
		catch (IOException ex) {
			if (!reused || ex instanceof SocketTimeoutException) {
				throw ex;
			}
			// The server may close an idle connection whenever it likes
			close();
			connect();
			write(request);
			response = read(request);
		}
		if (response.open() || response.header("connection").equalsIgnoreCase("close")) {
			close();
		}
		return response;
	}

	private void write(RawRequest request) throws IOException {
		try {
			this.socket.getOutputStream().write(request.bytes());
		}
		catch (IOException ex) {
			// Whoever refuses a large body need not read it; the answer may be there all
			// the same
			if (this.in.available() == 0) {
				throw ex;
			}
		}
	}

	private RawResponse read(RawRequest request) throws IOException {
		int status;
		Map<String, List<String>> headers;
		do {
			status = Integer.parseInt(line().split(" ", 3)[1]);
			headers = headers();
		}
		while (status < 200);
		if ("HEAD".equals(request.method()) || status == 204 || status == 304) {
			return new RawResponse(status, headers, new byte[0], false);
		}
		boolean stream = headers.getOrDefault("content-type", List.of())
			.stream()
			.anyMatch((type) -> type.startsWith("text/event-stream"));
		if (headers.containsKey("content-length")) {
			int length = Integer.parseInt(headers.get("content-length").get(0));
			return new RawResponse(status, headers, this.in.readNBytes(length), false);
		}
		if (!headers.containsKey("transfer-encoding")) {
			byte[] rest = this.in.readAllBytes();
			close();
			return new RawResponse(status, headers, rest, false);
		}
		return chunks(status, headers, stream, "GET".equals(request.method()));
	}

	private RawResponse chunks(int status, Map<String, List<String>> headers, boolean stream, boolean get)
			throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		while (true) {
			if (stream && (get || body.toString(StandardCharsets.UTF_8).contains("subscriptions/acknowledged"))) {
				return new RawResponse(status, headers, body.toByteArray(), true);
			}
			int length = Integer.parseInt(line(), 16);
			body.writeBytes(this.in.readNBytes(length));
			line();
			if (length == 0) {
				return new RawResponse(status, headers, body.toByteArray(), false);
			}
		}
	}

	private Map<String, List<String>> headers() throws IOException {
		Map<String, List<String>> headers = new HashMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).strip());
		}
		return headers;
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = this.in.read(); c != '\n'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException("The server closed the connection");
			}
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return line.toString();
	}

	private void connect() throws IOException {
		this.socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	@Override
	public void close() {
		if (this.socket != null) {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.socket = null;
		}
	}

}
