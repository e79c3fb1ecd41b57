// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ToolCatalog;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Everything the server has to offer, as lists and one by one.
 */
final class ServerCatalog implements ToolCatalog {

	private final RemoteTransportProvider provider;

	private final Map<ListKind, ListCatalog> lists = new EnumMap<>(ListKind.class);

	ServerCatalog(RemoteTransportProvider provider, JsonRpcWriter json, int pageSize) {
		this.provider = provider;
		for (ListKind kind : ListKind.values()) {
			this.lists.put(kind, new ListCatalog(kind, json, pageSize));
		}
	}

	/**
	 * Answer a request for a page of a list.
	 */
	CallOutcome page(ListKind kind, McpCall call, RunningCall running) {
		Object cursor = call.params().get("cursor");
		if (cursor != null && !(cursor instanceof String)) {
			return Refusals.invalidParams("cursor must be a string");
		}
		List<?> current = current(kind, RemoteExchange.of(running));
		return new CallOutcome.Result(list(kind).page(current, (String) cursor));
	}

	/**
	 * Find an entry of a list.
	 */
	ListCatalog.@Nullable Entry find(ListKind kind, String key, RunningCall running) {
		if (!this.provider.handlers().supports(kind.method())) {
			return null;
		}
		return list(kind).find(key, this.provider.version(kind), () -> current(kind, RemoteExchange.of(running)));
	}

	@Override
	public @Nullable Tool find(String name, CallContext context) {
		ListCatalog.Entry entry = find(ListKind.TOOLS, name, RunningCall.of(context));
		return (entry != null) ? (Tool) entry.item() : null;
	}

	/**
	 * Return a whole list, for nobody in particular.
	 */
	List<?> all(ListKind kind) {
		if (!this.provider.handlers().supports(kind.method())) {
			return List.of();
		}
		return current(kind, new McpAsyncServerExchange(null, null, null, null, McpTransportContext.EMPTY));
	}

	private List<?> current(ListKind kind, McpAsyncServerExchange exchange) {
		Object result = this.provider.handlers().handle(kind.method(), exchange, Map.of()).block();
		return (result != null) ? kind.entriesOf(result) : List.of();
	}

	@SuppressWarnings("NullAway") // Every kind has a list
	private ListCatalog list(ListKind kind) {
		return this.lists.get(kind);
	}

}
