// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request of revision 2026-07-28, complete unless something is taken away.
 */
public final class ModernRequest {

	private static final String PREFIX = "io.modelcontextprotocol/";

	private final Map<String, Object> params = new LinkedHashMap<>();

	private final Map<String, Object> meta = new LinkedHashMap<>();

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final String method;

	private Object id = 1;

	private ModernRequest(String method) {
		this.method = method;
		this.headers.put("MCP-Protocol-Version", "2026-07-28");
		this.headers.put("Mcp-Method", method);
		this.meta.put(PREFIX + "protocolVersion", "2026-07-28");
		this.meta.put(PREFIX + "clientCapabilities", Map.of());
		this.meta.put(PREFIX + "clientInfo", Map.of("name", "test-client", "version", "1"));
	}

	public static ModernRequest of(String method) {
		return new ModernRequest(method);
	}

	public static ModernRequest callTool(String name, Map<String, ?> arguments) {
		return of("tools/call").param("name", name).param("arguments", arguments).header("Mcp-Name", name);
	}

	public ModernRequest id(Object newId) {
		this.id = newId;
		return this;
	}

	public ModernRequest param(String name, Object value) {
		this.params.put(name, value);
		return this;
	}

	public ModernRequest capabilities(Map<String, ?> capabilities) {
		return meta("clientCapabilities", capabilities);
	}

	/**
	 * Set metadata of the protocol; {@code null} takes it away.
	 */
	public ModernRequest meta(String name, Object value) {
		return rawMeta(PREFIX + name, value);
	}

	public ModernRequest rawMeta(String name, Object value) {
		if (value == null) {
			this.meta.remove(name);
		}
		else {
			this.meta.put(name, value);
		}
		return this;
	}

	/**
	 * Set a header; {@code null} takes it away.
	 */
	public ModernRequest header(String name, String value) {
		if (value == null) {
			this.headers.remove(name);
		}
		else {
			this.headers.put(name, value);
		}
		return this;
	}

	public String body() {
		Map<String, Object> message = new LinkedHashMap<>();
		message.put("jsonrpc", "2.0");
		message.put("id", this.id);
		message.put("method", this.method);
		Map<String, Object> all = new LinkedHashMap<>(this.params);
		all.put("_meta", this.meta);
		message.put("params", all);
		return RunningServer.write(message);
	}

	public String[] headers() {
		List<String> all = new ArrayList<>();
		this.headers.forEach((name, value) -> {
			all.add(name);
			all.add(value);
		});
		return all.toArray(String[]::new);
	}

}
