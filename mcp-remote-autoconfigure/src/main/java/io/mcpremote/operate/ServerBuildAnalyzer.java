// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanInstantiationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says what the MCP SDK and Spring AI do not take of what an application offers, such as
 * the name of a tool, which they tell by exceptions like any other.
 */
final class ServerBuildAnalyzer implements FailureAnalyzer {

	private static final String SPRING_AI = "org.springframework.ai.mcp.server.common.autoconfigure.";

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		boolean building = false;
		Throwable root = failure;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			building |= cause instanceof BeanInstantiationException bean && isOfSpringAi(bean.getConstructingMethod());
			root = cause;
		}
		boolean told = root instanceof IllegalArgumentException || root instanceof IllegalStateException;
		String message = root.getMessage();
		return (building && told && message != null)
				? new FailureAnalysis("The MCP server cannot be made of what this application offers: " + message,
						action(message), root)
				: null;
	}

	private static boolean isOfSpringAi(@Nullable Method method) {
		return method != null && method.getDeclaringClass().getName().startsWith(SPRING_AI);
	}

	private static String action(String message) {
		if (message.startsWith("Tool name")) {
			return "Give the tool another name, as in @McpTool(name = \"...\"): 1 to 128 letters, digits, '_', '-' and"
					+ " '.'.";
		}
		if (message.startsWith("Tool with name")) {
			return "Give each tool a name of its own, as in @McpTool(name = \"...\"). Without one a tool has the name of"
					+ " its method.";
		}
		return "Mend what the description names. Start with debug=true to see where it comes from.";
	}

}
