// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.mcpremote.call.InvocationChecks;
import io.mcpremote.call.InvocationChecks.InvocationCheck;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import reactor.core.publisher.Mono;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.common.McpPredicates;
import org.springframework.ai.mcp.annotation.provider.tool.AsyncMcpToolProvider;
import org.springframework.ai.mcp.annotation.provider.tool.SyncMcpToolProvider;
import org.springframework.ai.mcp.annotation.spring.AnnotationProviderUtil;
import org.springframework.aop.support.AopUtils;

/**
 * Spring AI's tool specifications, except that what a tool throws comes through as it is,
 * that optional fields of results may be null, and that sync servers have reactive tools
 * and the other way round.
 */
final class RawToolSpecifications {

	private final List<Object> beans;

	private final InvocationChecks checks;

	RawToolSpecifications(List<Object> beans, InvocationChecks checks) {
		this.beans = beans;
		this.checks = checks;
	}

	List<SyncToolSpecification> sync() {
		List<SyncToolSpecification> all = new ArrayList<>();
		for (Object bean : this.beans) {
			for (Method method : toolMethods(bean)) {
				all.add((isReactive(method)) ? toSync(reactive(bean, method)) : imperative(bean, method));
			}
		}
		return List.copyOf(all);
	}

	List<AsyncToolSpecification> async() {
		List<AsyncToolSpecification> all = new ArrayList<>();
		for (Object bean : this.beans) {
			for (Method method : toolMethods(bean)) {
				all.add((isReactive(method)) ? reactive(bean, method) : toAsync(imperative(bean, method)));
			}
		}
		return List.copyOf(all);
	}

	private SyncToolSpecification imperative(Object bean, Method method) {
		InvocationCheck check = this.checks.of(AopUtils.getTargetClass(bean), method);
		Object checked = (check != null) ? CheckedProxy.of(bean, method, check) : null;
		SyncToolSpecification specification = unchecked((checked != null) ? checked : bean, method);
		return (check == null || checked != null) ? specification : new SyncToolSpecification(specification.tool(),
				new CheckedToolCallback(specification.tool(), method, bean, check));
	}

	private static SyncToolSpecification unchecked(Object bean, Method method) {
		SyncToolSpecification specification = new SyncMcpToolProvider(List.of(bean)) {

			@Override
			protected Method[] doGetClassMethods(Object ignored) {
				return new Method[] { method };
			}

			@Override
			protected Class<? extends Throwable> doGetToolCallException() {
				return NeverThrown.class;
			}

		}.getToolSpecifications().get(0);
		return new SyncToolSpecification(NullableOutput.of(specification.tool()), specification.callHandler());
	}

	private AsyncToolSpecification reactive(Object bean, Method method) {
		InvocationCheck check = this.checks.of(AopUtils.getTargetClass(bean), method);
		Object checked = (check != null) ? CheckedProxy.of(bean, method, check) : null;
		Tool tool = new AsyncMcpToolProvider(List.of(bean)) {

			@Override
			protected Method[] doGetClassMethods(Object ignored) {
				return new Method[] { method };
			}

		}.getToolSpecifications().get(0).tool();
		return new AsyncToolSpecification(NullableOutput.of(tool),
				(checked != null) ? new ReactiveToolCallback(tool, method, checked, null)
						: new ReactiveToolCallback(tool, method, bean, check));
	}

	private static SyncToolSpecification toSync(AsyncToolSpecification specification) {
		return new SyncToolSpecification(specification.tool(), (exchange, request) -> block(specification,
				RemoteExchange.Binding.of(exchange.transportContext()), request));
	}

	@SuppressWarnings("NullAway") // A tool without a result has one that says so
	private static CallToolResult block(AsyncToolSpecification specification, RemoteExchange.Binding binding,
			CallToolRequest request) {
		return specification.callHandler()
			.apply(binding.exchange(), request)
			.contextWrite(binding.running().reactiveContext())
			.block();
	}

	private static AsyncToolSpecification toAsync(SyncToolSpecification specification) {
		return new AsyncToolSpecification(specification.tool(),
				(McpAsyncServerExchange exchange, CallToolRequest request) -> Mono.fromCallable(
						() -> specification.callHandler().apply(new McpSyncServerExchange(exchange), request)));
	}

	private static List<Method> toolMethods(Object bean) {
		return Arrays.stream(AnnotationProviderUtil.beanMethods(bean))
			.filter((method) -> method.isAnnotationPresent(McpTool.class))
			.toList();
	}

	private static boolean isReactive(Method method) {
		return McpPredicates.isReactiveReturnType.test(method);
	}

	/**
	 * Stands for no exception at all.
	 */
	private static final class NeverThrown extends Exception {

		private NeverThrown() {
		}

	}

}
