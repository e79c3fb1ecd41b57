// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;

/**
 * The end of the pipeline: hands each call to whoever answers its method.
 */
final class Dispatcher implements CallChain {

	private final ServerCatalog catalog;

	private final TargetMethods targets;

	private final SessionMethods legacy;

	private final ModernMethods modern;

	Dispatcher(ServerCatalog catalog, TargetMethods targets, SessionMethods legacy, ModernMethods modern) {
		this.catalog = catalog;
		this.targets = targets;
		this.legacy = legacy;
		this.modern = modern;
	}

	@Override
	public CallOutcome proceed(McpCall call, CallContext context) {
		RunningCall running = RunningCall.of(context);
		return switch (call.method()) {
			case TargetMethods.TOOLS_CALL, TargetMethods.PROMPTS_GET, TargetMethods.RESOURCES_READ,
					TargetMethods.COMPLETE ->
				this.targets.handle(call, running);
			case "initialize" -> this.legacy.initialize(call, running);
			case "ping" -> this.legacy.ping(call, running);
			case "logging/setLevel" -> this.legacy.setLevel(call, running);
			case "resources/subscribe" -> this.legacy.subscribe(call, running);
			case "resources/unsubscribe" -> this.legacy.unsubscribe(call, running);
			case LegacyEra.OPEN_STREAM -> this.legacy.openStream(call, running);
			case "server/discover" -> this.modern.discover(call, running);
			case "subscriptions/listen" -> this.modern.listen(call, running);
			default -> list(call, running);
		};
	}

	private CallOutcome list(McpCall call, RunningCall running) {
		ListKind kind = ListKind.of(call.method());
		return (kind != null) ? this.catalog.page(kind, call, running) : Refusals.methodNotFound(call.method());
	}

}
