// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Knows which parameter of a method names what the method is about.
 */
final class Targets {

	private Targets() {
	}

	/**
	 * Return the parameter that names the target of a method.
	 */
	static @Nullable String parameter(String method) {
		return switch (method) {
			case "tools/call", "prompts/get" -> "name";
			case "resources/read", "resources/subscribe", "resources/unsubscribe" -> "uri";
			default -> null;
		};
	}

	static @Nullable String of(String method, Map<String, Object> params) {
		String parameter = parameter(method);
		if (parameter != null) {
			return (params.get(parameter) instanceof String target) ? target : null;
		}
		if (TargetMethods.COMPLETE.equals(method) && params.get("ref") instanceof Map<?, ?> ref) {
			Object name = ("ref/prompt".equals(ref.get("type"))) ? ref.get("name") : ref.get("uri");
			return (name instanceof String target) ? target : null;
		}
		return null;
	}

}
