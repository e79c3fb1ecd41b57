// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import io.mcpremote.call.EventSink;
import io.mcpremote.call.EventSource;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.wire.JsonRpcWriter;
import org.jspecify.annotations.Nullable;

/**
 * A modern client that listens: first it is told what to, then of every such event, and
 * in the end that there will be no more.
 */
final class ListenStream implements EventSource, NotificationHub.Listener {

	private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

	private final Object id;

	private final ListenFilter filter;

	private final Predicate<String> readable;

	private final NotificationHub hub;

	private final ResourceInterest interest;

	private final JsonRpcWriter json;

	private volatile @Nullable EventSink sink;

	ListenStream(Object id, ListenFilter filter, Predicate<String> readable, NotificationHub hub,
			ResourceInterest interest, JsonRpcWriter json) {
		this.id = id;
		this.filter = filter;
		this.readable = readable;
		this.hub = hub;
		this.interest = interest;
		this.json = json;
	}

	@Override
	public void open(EventSink opened) {
		this.sink = opened;
		opened.send(null, notification("notifications/subscriptions/acknowledged",
				Map.of("notifications", this.filter.acknowledged())));
		this.filter.uris().forEach(this.interest::add);
		opened.onEnd(() -> this.filter.uris().forEach(this.interest::remove));
		this.hub.add(this);
		opened.onEnd(() -> this.hub.remove(this));
	}

	@Override
	public void onEvent(ServerEvent event) {
		EventSink open = this.sink;
		if (open != null && this.filter.wants(event) && mayBeTold(event)) {
			Map<String, Object> params = (event.uri() != null) ? Map.of("uri", event.uri()) : Map.of();
			open.send(null, notification(event.kind().method(), params));
		}
	}

	@Override
	public void onClose() {
		EventSink open = this.sink;
		if (open != null) {
			Map<String, Object> result = new LinkedHashMap<>();
			result.put("resultType", "complete");
			result.put("_meta", Map.of(SUBSCRIPTION_ID, this.id));
			open.send(null, this.json.result(this.id, this.json.json(result)));
			open.complete();
		}
	}

	private boolean mayBeTold(ServerEvent event) {
		return event.uri() == null || this.readable.test(event.uri());
	}

	private byte[] notification(String method, Map<String, Object> params) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("_meta", Map.of(SUBSCRIPTION_ID, this.id));
		all.putAll(params);
		return this.json.notification(method, all);
	}

}
