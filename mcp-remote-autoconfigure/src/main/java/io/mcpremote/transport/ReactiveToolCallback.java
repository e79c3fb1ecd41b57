// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.lang.reflect.Method;
import java.util.function.BiFunction;

import io.mcpremote.call.InvocationChecks.InvocationCheck;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.mcp.annotation.context.DefaultMcpAsyncRequestContext;
import org.springframework.ai.mcp.annotation.context.McpAsyncRequestContext;
import org.springframework.ai.mcp.annotation.method.tool.AbstractMcpToolMethodCallback;
import org.springframework.ai.mcp.annotation.method.tool.ReactiveUtils;
import org.springframework.ai.mcp.annotation.method.tool.ReturnMode;

/**
 * Calls a reactive tool and lets its errors through, which Spring AI's own callback turns
 * into results.
 */
final class ReactiveToolCallback extends AbstractMcpToolMethodCallback<McpAsyncServerExchange, McpAsyncRequestContext>
		implements BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> {

	private final boolean ofVoid;

	private final @Nullable InvocationCheck check;

	ReactiveToolCallback(Tool tool, Method method, Object bean, @Nullable InvocationCheck check) {
		super(returnMode(tool, method), method, bean);
		this.check = check;
		this.ofVoid = ReactiveUtils.isReactiveReturnTypeOfVoid(method);
	}

	@Override
	public Mono<CallToolResult> apply(McpAsyncServerExchange exchange, CallToolRequest request) {
		return Mono.defer(() -> {
			Object[] arguments = buildMethodArguments(exchange, request.arguments(), request);
			if (this.check != null) {
				this.check.check(this.toolObject, arguments);
			}
			Object result = callMethod(arguments);
			Mono<?> values = (result instanceof Flux<?> flux) ? flux.next() : Mono.from((Publisher<?>) result);
			Mono<CallToolResult> nothing = Mono.fromSupplier(() -> convertValueToCallToolResult("Done"));
			return (this.ofVoid) ? values.then(nothing)
					: values.map(this::convertValueToCallToolResult).switchIfEmpty(nothing);
		});
	}

	@Override
	protected boolean isExchangeOrContextType(Class<?> type) {
		return McpAsyncServerExchange.class.isAssignableFrom(type)
				|| McpAsyncRequestContext.class.isAssignableFrom(type)
				|| McpTransportContext.class.isAssignableFrom(type);
	}

	@Override
	protected McpAsyncRequestContext createRequestContext(McpAsyncServerExchange exchange, CallToolRequest request) {
		return DefaultMcpAsyncRequestContext.builder().request(request).exchange(exchange).build();
	}

	@Override
	protected McpTransportContext resolveTransportContext(McpAsyncServerExchange exchange) {
		return exchange.transportContext();
	}

	private static ReturnMode returnMode(Tool tool, Method method) {
		if (tool.outputSchema() != null) {
			return ReturnMode.STRUCTURED;
		}
		return (ReactiveUtils.isReactiveReturnTypeOfVoid(method)) ? ReturnMode.VOID : ReturnMode.TEXT;
	}

}
