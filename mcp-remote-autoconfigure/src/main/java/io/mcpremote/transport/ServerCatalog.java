// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.CatalogDecorator;
import io.mcpremote.call.CatalogFilter;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.TargetKind;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.RawJson;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Everything the server has to offer, as lists and one by one.
 */
final class ServerCatalog implements Catalog {

	/**
	 * Noted of what clients make up, which it takes a while to look for, so that it is
	 * done once for a call.
	 */
	private static final String NOTHING = "";

	private final RemoteTransportProvider provider;

	private final Supplier<CatalogFilter> filter;

	private final Supplier<List<CatalogDecorator>> decorators;

	private final Map<ListKind, ListCatalog> lists = new EnumMap<>(ListKind.class);

	private final TemplateIndex templates = new TemplateIndex();

	ServerCatalog(RemoteTransportProvider provider, JsonRpcWriter json, int pageSize, Supplier<CatalogFilter> filter,
			Supplier<List<CatalogDecorator>> decorators) {
		this.provider = provider;
		this.filter = filter;
		this.decorators = decorators;
		for (ListKind kind : ListKind.values()) {
			this.lists.put(kind, new ListCatalog(kind, json, pageSize, this::decorated));
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
		RawJson page = list(kind).page(current, (String) cursor, shown(kind, call));
		return new CallOutcome.Result(new RawJson(page.bytes(), isPublic(kind, current)));
	}

	private @Nullable Predicate<String> shown(ListKind kind, McpCall call) {
		Predicate<String> shown = this.filter.get().shown(kind.target(), call);
		if (kind == ListKind.TOOLS) {
			for (CatalogDecorator decorator : this.decorators.get()) {
				Predicate<String> listed = decorator.listed();
				if (listed != null) {
					shown = (shown != null) ? shown.and(listed) : listed;
				}
			}
		}
		return shown;
	}

	private Object decorated(Object item) {
		Object decorated = EmptyTitles.leaveOut(item);
		if (item instanceof Tool) {
			for (CatalogDecorator decorator : this.decorators.get()) {
				decorated = decorator.decorated((Tool) decorated);
			}
		}
		return decorated;
	}

	/**
	 * Return whether all pages of a list are the same for everybody.
	 */
	private boolean isPublic(ListKind kind, List<?> current) {
		return isAnythingPublic()
				&& current.stream().allMatch((item) -> this.filter.get().isPublic(kind.target(), kind.keyOf(item)));
	}

	/**
	 * Return whether callers without a token are served.
	 */
	boolean isAnythingPublic() {
		return this.filter.get().isAnythingPublic();
	}

	/**
	 * Find an entry of a list.
	 */
	ListCatalog.@Nullable Entry find(ListKind kind, String key, RunningCall running) {
		if (!running.isNamed(kind.target(), key)) {
			return search(kind, key, running);
		}
		ListCatalog.Entry found = running.found();
		if (found != null || NOTHING.equals(running.attribute(CallContext.ENTRY))) {
			return found;
		}
		found = search(kind, key, running);
		if (found != null) {
			running.found(found);
		}
		else if (kind != ListKind.RESOURCES) {
			// A template may stand for what is no resource
			running.attribute(CallContext.ENTRY, NOTHING);
		}
		return found;
	}

	private ListCatalog.@Nullable Entry search(ListKind kind, String key, RunningCall running) {
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

	@Override
	public @Nullable String entry(TargetKind kind, String name, CallContext context) {
		RunningCall running = RunningCall.of(context);
		boolean named = running.isNamed(kind, name);
		if (named && running.attribute(CallContext.ENTRY) instanceof String known) {
			return (!known.isEmpty()) ? known : null;
		}
		if (find(ListKind.of(kind), name, running) != null) {
			return name;
		}
		String template = (kind == TargetKind.RESOURCE) ? template(name, running) : null;
		if (named) {
			running.attribute(CallContext.ENTRY, (template != null) ? template : NOTHING);
		}
		return template;
	}

	private @Nullable String template(String uri, RunningCall running) {
		if (!this.provider.handlers().supports(ListKind.TEMPLATES.method())) {
			return null;
		}
		List<?> current = current(ListKind.TEMPLATES, RemoteExchange.of(running));
		return this.templates.find(list(ListKind.TEMPLATES).refresh(current).source(), uri);
	}

	@Override
	public @Nullable String entry(TargetKind kind, String name) {
		ListKind list = ListKind.of(kind);
		if (list(list).refresh(all(list)).byKey().containsKey(name)) {
			return name;
		}
		return (kind == TargetKind.RESOURCE)
				? this.templates.find(list(ListKind.TEMPLATES).refresh(all(ListKind.TEMPLATES)).source(), name) : null;
	}

	/**
	 * Return what the caller of a call may read, as long as it listens.
	 */
	Predicate<String> readable(McpCall call) {
		return this.filter.get().readable(call);
	}

	@Override
	public List<String> names(TargetKind kind) {
		ListKind list = ListKind.of(kind);
		return all(list).stream().map(list::keyOf).sorted().toList();
	}

	@Override
	public List<Tool> tools() {
		return all(ListKind.TOOLS).stream().map(Tool.class::cast).toList();
	}

	/**
	 * Return a whole list, for nobody in particular. May be asked for on threads that are
	 * not to wait, which it does not: the SDK has its lists at hand.
	 */
	List<?> all(ListKind kind) {
		if (!this.provider.handlers().supports(kind.method())) {
			return List.of();
		}
		McpAsyncServerExchange nobody = new McpAsyncServerExchange(null, null, null, null, McpTransportContext.EMPTY);
		return entries(kind, handle(kind, nobody).toFuture().join());
	}

	private List<?> current(ListKind kind, McpAsyncServerExchange exchange) {
		return entries(kind, handle(kind, exchange).block());
	}

	private Mono<Object> handle(ListKind kind, McpAsyncServerExchange exchange) {
		return this.provider.handlers().handle(kind.method(), exchange, Map.of());
	}

	private static List<?> entries(ListKind kind, @Nullable Object result) {
		return (result != null) ? kind.entriesOf(result) : List.of();
	}

	@SuppressWarnings("NullAway") // Every kind has a list
	private ListCatalog list(ListKind kind) {
		return this.lists.get(kind);
	}

}
