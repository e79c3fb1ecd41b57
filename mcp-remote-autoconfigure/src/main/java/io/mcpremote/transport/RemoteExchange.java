// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.InputRequest;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The SDK's view of a call. Unlike its parent it says in the protocol's own terms which
 * capability a client lacks.
 */
final class RemoteExchange extends McpAsyncServerExchange {

	private final RunningCall running;

	private RemoteExchange(RunningCall running, @Nullable String sessionId, Binding binding) {
		super(sessionId, new CallSession(running), running.client().capabilities(), running.client().info(), binding);
		this.running = running;
		binding.exchange = this;
	}

	/**
	 * Create the exchange of a call, and with it the context that leads back to both.
	 */
	static RemoteExchange of(RunningCall running) {
		return new RemoteExchange(running, running.call().sessionId(), new Binding(running));
	}

	/**
	 * Create an exchange that speaks for a given session.
	 */
	static RemoteExchange of(RunningCall running, String sessionId) {
		return new RemoteExchange(running, sessionId, new Binding(running));
	}

	@Override
	public Mono<McpSchema.CreateMessageResult> createMessage(McpSchema.CreateMessageRequest request) {
		Refusal lacking = this.running.client()
			.lacking(new InputRequest(McpSchema.METHOD_SAMPLING_CREATE_MESSAGE, request));
		return (lacking != null) ? Mono.error(this.running.questions().cannotAsk(lacking))
				: super.createMessage(request);
	}

	@Override
	public Mono<McpSchema.ElicitResult> createElicitation(McpSchema.ElicitRequest request) {
		Refusal lacking = this.running.client().lacking(new InputRequest(McpSchema.METHOD_ELICITATION_CREATE, request));
		return (lacking != null) ? Mono.error(this.running.questions().cannotAsk(lacking))
				: super.createElicitation(request);
	}

	@Override
	public Mono<McpSchema.ListRootsResult> listRoots(String cursor) {
		Refusal lacking = this.running.client().lacking(new InputRequest(McpSchema.METHOD_ROOTS_LIST, ""));
		return (lacking != null) ? Mono.error(this.running.questions().cannotAsk(lacking)) : super.listRoots(cursor);
	}

	/**
	 * What the SDK hands to application code of a call, from which the way leads back to
	 * the call.
	 */
	static final class Binding implements McpTransportContext {

		private static final String KEY = Binding.class.getName();

		private final RunningCall running;

		private @Nullable RemoteExchange exchange;

		Binding(RunningCall running) {
			this.running = running;
		}

		static Binding of(McpTransportContext context) {
			if (context.get(KEY) instanceof Binding binding) {
				return binding;
			}
			throw new IllegalStateException(
					"This call did not come through the remote MCP endpoint, so its client cannot be reached");
		}

		@Override
		public @Nullable Object get(String key) {
			return KEY.equals(key) ? this : null;
		}

		RunningCall running() {
			return this.running;
		}

		McpAsyncServerExchange exchange() {
			if (this.exchange == null) {
				throw new IllegalStateException("The call has no exchange yet");
			}
			return this.exchange;
		}

	}

}
