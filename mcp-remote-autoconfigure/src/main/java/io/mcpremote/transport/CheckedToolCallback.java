// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.lang.reflect.Method;
import java.util.function.BiFunction;

import io.mcpremote.call.InvocationChecks.InvocationCheck;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import org.springframework.ai.mcp.annotation.context.DefaultMcpSyncRequestContext;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.ai.mcp.annotation.method.tool.AbstractMcpToolMethodCallback;
import org.springframework.ai.mcp.annotation.method.tool.ReturnMode;

/**
 * Calls an imperative tool as Spring AI does, after a check of its arguments.
 */
final class CheckedToolCallback extends AbstractMcpToolMethodCallback<McpSyncServerExchange, McpSyncRequestContext>
		implements BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> {

	private final InvocationCheck check;

	CheckedToolCallback(Tool tool, Method method, Object bean, InvocationCheck check) {
		super(returnMode(tool, method), method, bean);
		this.check = check;
	}

	@Override
	public CallToolResult apply(McpSyncServerExchange exchange, CallToolRequest request) {
		Object[] arguments = buildMethodArguments(exchange, request.arguments(), request);
		this.check.check(this.toolObject, arguments);
		return convertValueToCallToolResult(callMethod(arguments));
	}

	@Override
	protected boolean isExchangeOrContextType(Class<?> type) {
		return McpSyncServerExchange.class.isAssignableFrom(type) || McpSyncRequestContext.class.isAssignableFrom(type)
				|| McpTransportContext.class.isAssignableFrom(type);
	}

	@Override
	protected McpSyncRequestContext createRequestContext(McpSyncServerExchange exchange, CallToolRequest request) {
		return DefaultMcpSyncRequestContext.builder().request(request).exchange(exchange).build();
	}

	@Override
	protected McpTransportContext resolveTransportContext(McpSyncServerExchange exchange) {
		return exchange.transportContext();
	}

	private static ReturnMode returnMode(Tool tool, Method method) {
		if (tool.outputSchema() != null) {
			return ReturnMode.STRUCTURED;
		}
		return (method.getReturnType() == void.class) ? ReturnMode.VOID : ReturnMode.TEXT;
	}

}
