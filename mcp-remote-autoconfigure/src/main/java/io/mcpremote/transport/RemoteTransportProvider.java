// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.mcpremote.call.Revision;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.notify.ServerEvent;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ResourcesUpdatedNotification;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.function.SingletonSupplier;

/**
 * What Spring AI builds its MCP server on: takes the server's handlers from it, and its
 * notifications.
 */
final class RemoteTransportProvider implements McpStreamableServerTransportProvider {

	/**
	 * Stands for everyone who wants to hear of a resource, since the SDK knows none of
	 * our sessions.
	 */
	static final String EVERYONE = "mcp-remote";

	private final AtomicLong changes = new AtomicLong();

	private final ResourceInterest interest = new ResourceInterest(this::watch, this::unwatch);

	private final NotificationHub hub;

	private final Supplier<InitializeResult> description;

	private volatile @Nullable SdkHandlers handlers;

	/**
	 * Create a transport.
	 * @param hub hears of the server's notifications
	 * @param server the server that is built on this transport, not asked for before that
	 */
	RemoteTransportProvider(NotificationHub hub, Supplier<McpAsyncServer> server) {
		this.hub = hub;
		this.description = SingletonSupplier.of(() -> SdkHandlers.describe(server.get()));
	}

	@Override
	public void setSessionFactory(McpStreamableServerSession.Factory sessionFactory) {
		this.handlers = new SdkHandlers(sessionFactory);
	}

	/**
	 * Return the server's handlers.
	 * @throws IllegalStateException if no server has been built on this transport
	 */
	SdkHandlers handlers() {
		SdkHandlers current = this.handlers;
		if (current == null) {
			throw new IllegalStateException("No MCP server has been built yet");
		}
		return current;
	}

	/**
	 * Return what the server says of itself.
	 */
	InitializeResult description() {
		return this.description.get();
	}

	boolean hasHandlers() {
		return this.handlers != null;
	}

	/**
	 * Return a number that changes whenever a list may have changed: when the server says
	 * so, or at any time if it never does.
	 */
	long version(ListKind kind) {
		ServerCapabilities capabilities = description().capabilities();
		boolean told = switch (kind) {
			case TOOLS -> capabilities.tools() != null && Boolean.TRUE.equals(capabilities.tools().listChanged());
			case PROMPTS -> capabilities.prompts() != null && Boolean.TRUE.equals(capabilities.prompts().listChanged());
			case RESOURCES, TEMPLATES -> false;
		};
		return (told) ? this.changes.get() : this.changes.incrementAndGet();
	}

	/**
	 * Return who wants to hear of which resource, of whose updates the server tells as
	 * long as anybody does.
	 */
	ResourceInterest interest() {
		return this.interest;
	}

	private void watch(String uri) {
		subscribe("resources/subscribe", uri);
	}

	private void unwatch(String uri) {
		subscribe("resources/unsubscribe", uri);
	}

	private void subscribe(String method, String uri) {
		if (handlers().supports(method)) {
			// The SDK knows subscriptions only of sessions, so all of ours are one to it
			handlers()
				.handle(method, new McpAsyncServerExchange(EVERYONE, null, null, null, McpTransportContext.EMPTY),
						Map.of("uri", uri))
				// Done by then: the SDK does nothing but change a map
				.subscribe();
		}
	}

	@Override
	public List<String> protocolVersions() {
		return Stream.of(Revision.values()).filter((revision) -> !revision.isModern()).map(Revision::text).toList();
	}

	@Override
	public Mono<Void> notifyClients(String method, @Nullable Object params) {
		return Mono.fromRunnable(() -> {
			ServerEvent event = ServerEvent.of(method, uri(params));
			if (event != null) {
				this.changes.incrementAndGet();
				this.hub.publish(event);
			}
		});
	}

	@Override
	public Mono<Void> notifyClient(String sessionId, String method, @Nullable Object params) {
		return notifyClients(method, params);
	}

	@Override
	public Mono<Void> closeGracefully() {
		// Streams end with the application's lifecycle
		return Mono.empty();
	}

	private static @Nullable String uri(@Nullable Object params) {
		if (params instanceof ResourcesUpdatedNotification updated) {
			return updated.uri();
		}
		return (params instanceof Map<?, ?> map && map.get("uri") instanceof String uri) ? uri : null;
	}

}
