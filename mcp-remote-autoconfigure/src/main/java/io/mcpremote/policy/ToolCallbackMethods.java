// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.ai.mcp.AsyncMcpToolCallbackProvider;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.method.MethodToolCallback;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The methods behind the tool callbacks that Spring AI serves. Only the callbacks know
 * them, since what has the methods need not be a bean.
 */
final class ToolCallbackMethods {

	private static final String METHOD = "toolMethod";

	private ToolCallbackMethods() {
	}

	/**
	 * Return the callbacks of a provider, unless they are tools of other servers.
	 */
	static Stream<ToolCallback> callbacks(ToolCallbackProvider provider) {
		boolean remote = provider instanceof SyncMcpToolCallbackProvider
				|| provider instanceof AsyncMcpToolCallbackProvider;
		return (remote) ? Stream.empty() : Stream.of(provider.getToolCallbacks());
	}

	/**
	 * Return methods by the names of their tools.
	 */
	static Map<String, Method> byTool(Stream<ToolCallback> callbacks) {
		Map<String, Method> all = new HashMap<>();
		callbacks.filter(MethodToolCallback.class::isInstance)
			.forEach((callback) -> add(all, callback.getToolDefinition().name(), method(callback)));
		return all;
	}

	private static void add(Map<String, Method> all, String name, Method method) {
		Method before = all.putIfAbsent(name, method);
		if (before != null && !before.equals(method) && (hasPolicy(before) || hasPolicy(method))) {
			throw new InvalidPolicyException("There are two tools '" + name
					+ "', of which at least one has a @ToolPolicy: " + before + " and " + method + ".",
					"Give the two methods different names.");
		}
	}

	private static boolean hasPolicy(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, ToolPolicy.class);
	}

	private static Method method(ToolCallback callback) {
		try {
			Field field = MethodToolCallback.class.getDeclaredField(METHOD);
			field.setAccessible(true);
			return (Method) field.get(callback);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			throw new InvalidPolicyException(
					"Whether the method behind the tool '" + callback.getToolDefinition().name()
							+ "' has a @ToolPolicy cannot be found out: '" + METHOD + "' of "
							+ MethodToolCallback.class.getName() + " cannot be read (" + ex.getClass().getSimpleName()
							+ ").",
					"Use the version of Spring AI that this version is made for, or make the tool of a method with"
							+ " @McpTool.");
		}
	}

}
