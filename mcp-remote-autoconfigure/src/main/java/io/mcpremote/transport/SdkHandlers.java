// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

import io.mcpremote.call.Revision;
import io.mcpremote.call.StartupException;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The handlers that the MCP SDK built from the application's tools, prompts and
 * resources. Reads them from the session factory that the SDK hands to its transport, and
 * what has no getter from its server, the one place where this project looks behind the
 * SDK's API: a session per call would cost more than all the rest.
 */
final class SdkHandlers {

	private static final String REQUEST_HANDLERS = "requestHandlers";

	private static final String NOTIFICATION_HANDLERS = "notificationHandlers";

	private static final String INSTRUCTIONS = "instructions";

	private final Map<String, McpRequestHandler<?>> requests;

	private final Map<String, McpNotificationHandler> notifications;

	SdkHandlers(McpStreamableServerSession.Factory factory) {
		Map<String, McpRequestHandler<?>> handlers = new HashMap<>();
		read(factory, REQUEST_HANDLERS, McpRequestHandler.class).forEach(handlers::put);
		this.requests = Map.copyOf(handlers);
		this.notifications = Map.copyOf(read(factory, NOTIFICATION_HANDLERS, McpNotificationHandler.class));
	}

	boolean supports(String method) {
		return this.requests.containsKey(method);
	}

	/**
	 * Return what a server says of itself: name, version, instructions, capabilities.
	 * Asked in the way of clients, it would log a client that there is not.
	 */
	@SuppressWarnings("NullAway") // Not every server has instructions
	static InitializeResult describe(McpAsyncServer server) {
		return InitializeResult
			.builder(Revision.newestLegacy().text(), server.getServerCapabilities(), server.getServerInfo())
			.instructions((String) field(server, McpAsyncServer.class, INSTRUCTIONS))
			.build();
	}

	@SuppressWarnings("unchecked")
	Mono<Object> handle(String method, McpAsyncServerExchange exchange, Object params) {
		McpRequestHandler<?> handler = this.requests.get(method);
		if (handler == null) {
			return Mono.error(new IllegalArgumentException("No handler for " + method));
		}
		return ((McpRequestHandler<Object>) handler).handle(exchange, params);
	}

	/**
	 * Hand on a notification from a client, if the server takes any interest in it.
	 */
	Mono<Void> accept(String method, McpAsyncServerExchange exchange, Object params) {
		McpNotificationHandler handler = this.notifications.get(method);
		return (handler != null) ? handler.handle(exchange, params) : Mono.empty();
	}

	@SuppressWarnings("unchecked")
	private static <T> Map<String, T> read(McpStreamableServerSession.Factory factory, String name, Class<T> type) {
		Object handlers = field(factory, factory.getClass(), name);
		if (handlers instanceof Map<?, ?> map && map.entrySet().stream().allMatch((entry) -> isHandler(entry, type))) {
			return (Map<String, T>) map;
		}
		throw incompatible("its '" + name + "' are not what they used to be");
	}

	private static @Nullable Object field(Object object, Class<?> declaring, String name) {
		try {
			Field field = declaring.getDeclaredField(name);
			field.setAccessible(true);
			return field.get(object);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			throw incompatible("its '" + name + "' cannot be read (" + ex.getClass().getSimpleName() + ")");
		}
	}

	private static boolean isHandler(Map.Entry<?, ?> entry, Class<?> type) {
		return entry.getKey() instanceof String && type.isInstance(entry.getValue());
	}

	private static StartupException incompatible(String reason) {
		return new StartupException("The MCP Java SDK on the class path does not fit this version: " + reason + ".",
				"Use version 2.1.0 of io.modelcontextprotocol.sdk:mcp, mcp-core and mcp-json-jackson3.");
	}

}
