// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;

import com.sun.net.httpserver.HttpServer;

/**
 * A server that tools call, and that tells with which headers they do.
 */
final class Downstream implements AutoCloseable {

	private final HttpServer server;

	Downstream(Queue<String> received) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/", (exchange) -> {
			received.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders());
			byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/plain");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	String uri() {
		return "http://localhost:" + this.server.getAddress().getPort() + "/";
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
