// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;

import io.mcpremote.call.Refusals;
import org.jspecify.annotations.Nullable;

/**
 * Knows which parameter of a method names what the method is about, and what goes there.
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

	/**
	 * Refuse arguments that are no object, before any guard takes them for none.
	 */
	static void checkArguments(Map<String, Object> params) throws RefusedException {
		Object arguments = params.get("arguments");
		if (arguments != null && !(arguments instanceof Map<?, ?>)) {
			throw new RefusedException(Refusals.invalidParams("arguments must be a JSON object"));
		}
	}

}
