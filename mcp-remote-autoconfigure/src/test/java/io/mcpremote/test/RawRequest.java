// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP request down to its bytes, for whatever an HTTP client would not let through.
 */
public final class RawRequest {

	private final List<String[]> headers = new ArrayList<>();

	private String method = "POST";

	private String path = "/mcp";

	private String version = "HTTP/1.1";

	private byte[] body = {};

	private boolean chunked;

	/**
	 * A POST with the headers that every client sends.
	 */
	public static RawRequest post(String body) {
		return post(body.getBytes(StandardCharsets.UTF_8));
	}

	public static RawRequest post(byte[] body) {
		return of("POST").header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.body(body);
	}

	/**
	 * A POST with everything that belongs to a message of revision 2026-07-28.
	 */
	public static RawRequest post(ModernRequest message) {
		RawRequest request = post(message.body());
		String[] names = message.headers();
		for (int i = 0; i < names.length; i += 2) {
			request.header(names[i], names[i + 1]);
		}
		return request;
	}

	/**
	 * A request with nothing but a Host.
	 */
	public static RawRequest of(String method) {
		RawRequest request = new RawRequest();
		request.method = method;
		return request.header("Host", "127.0.0.1");
	}

	/**
	 * Add a header, whether or not there is one of that name.
	 */
	public RawRequest header(String name, String value) {
		this.headers.add(new String[] { name, value });
		return this;
	}

	/**
	 * Replace a header; {@code null} takes it away.
	 */
	public RawRequest set(String name, String value) {
		this.headers.removeIf((header) -> header[0].equalsIgnoreCase(name));
		return (value != null) ? header(name, value) : this;
	}

	public RawRequest body(byte[] newBody) {
		this.body = newBody;
		return this;
	}

	public RawRequest method(String newMethod) {
		this.method = newMethod;
		return this;
	}

	public RawRequest path(String newPath) {
		this.path = newPath;
		return this;
	}

	public RawRequest version(String newVersion) {
		this.version = newVersion;
		return this;
	}

	/**
	 * Send the body in chunks, without saying how long it is.
	 */
	public RawRequest chunked() {
		this.chunked = true;
		return this;
	}

	public String method() {
		return this.method;
	}

	public byte[] body() {
		return this.body;
	}

	byte[] bytes() {
		StringBuilder head = new StringBuilder(256);
		head.append(this.method).append(' ').append(this.path).append(' ').append(this.version).append("\r\n");
		boolean length = false;
		for (String[] header : this.headers) {
			head.append(header[0]).append(": ").append(header[1]).append("\r\n");
			length |= header[0].equalsIgnoreCase("Content-Length");
		}
		if (this.chunked) {
			head.append("Transfer-Encoding: chunked\r\n");
		}
		else if (!length && (this.body.length > 0 || "POST".equals(this.method))) {
			head.append("Content-Length: ").append(this.body.length).append("\r\n");
		}
		head.append("\r\n");
		ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + this.body.length + 16);
		out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
		if (this.chunked) {
			int size = 8000;
			for (int from = 0; from < this.body.length; from += size) {
				int length8k = Math.min(size, this.body.length - from);
				out.writeBytes((Integer.toHexString(length8k) + "\r\n").getBytes(StandardCharsets.US_ASCII));
				out.write(this.body, from, length8k);
				out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		}
		else {
			out.writeBytes(this.body);
		}
		return out.toByteArray();
	}

	@Override
	public String toString() {
		String text = new String(bytes(), StandardCharsets.ISO_8859_1);
		return (text.length() <= 4000) ? text : text.substring(0, 4000) + "...";
	}

}
