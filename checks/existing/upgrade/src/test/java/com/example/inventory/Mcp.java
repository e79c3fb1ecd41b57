// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A client of MCP, of either era.
 */
public final class Mcp {

	private final Http http;

	private final String path;

	private final @Nullable String token;

	/**
	 * Create a client.
	 * @param http how it reaches the server
	 * @param path where the endpoint is
	 * @param token what it has to show, if anything
	 */
	public Mcp(Http http, String path, @Nullable String token) {
		this.http = http;
		this.path = path;
		this.token = token;
	}

	/**
	 * Begin as clients did before 2026-07-28.
	 * @return the response
	 */
	public HttpResponse<String> initialize() {
		return send(
				"""
						{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
						"clientInfo":{"name":"client","version":"1"}}}""");
	}

	/**
	 * Call a tool as clients did before 2026-07-28.
	 * @param tool the name of the tool
	 * @param arguments its arguments as JSON
	 * @return the response
	 */
	public HttpResponse<String> call(String tool, String arguments) {
		return send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
				+ "\",\"arguments\":" + arguments + "}}", "MCP-Protocol-Version", "2025-11-25");
	}

	/**
	 * Send a request of 2026-07-28.
	 * @param method the method
	 * @param params members of its parameters as JSON, each with a comma behind
	 * @param headers further headers, name and value in turn
	 * @return the response
	 */
	public HttpResponse<String> modern(String method, String params, String... headers) {
		List<String> all = new ArrayList<>(List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
		all.addAll(List.of(headers));
		return send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + """
				"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
				"io.modelcontextprotocol/clientCapabilities":{},\
				"io.modelcontextprotocol/clientInfo":{"name":"client","version":"1"}}}}""", all.toArray(String[]::new));
	}

	/**
	 * Call a tool as clients do since 2026-07-28.
	 * @param tool the name of the tool
	 * @param arguments its arguments as JSON
	 * @return the response
	 */
	public HttpResponse<String> modernCall(String tool, String arguments) {
		return modern("tools/call", "\"name\":\"" + tool + "\",\"arguments\":" + arguments + ",", "Mcp-Name", tool);
	}

	private HttpResponse<String> send(String body, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		if (this.token != null) {
			all.addAll(List.of("Authorization", "Bearer " + this.token));
		}
		return this.http.mcp(this.path, body, all.toArray(String[]::new));
	}

}
