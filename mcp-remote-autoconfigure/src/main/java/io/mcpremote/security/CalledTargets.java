// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds what calls are about. What a call does not name, or not as text, is refused as
 * malformed by whoever answers its method.
 */
final class CalledTargets {

	private static final int MAX_URIS = 100;

	private final AccessRules rules;

	private final Catalog catalog;

	CalledTargets(AccessRules rules, Catalog catalog) {
		this.rules = rules;
		this.catalog = catalog;
	}

	List<Target> of(McpCall call, CallContext context) {
		return switch (call.method()) {
			case "tools/call" -> one(TargetKind.TOOL, call.target(), context);
			case "prompts/get" -> one(TargetKind.PROMPT, call.target(), context);
			case "resources/read", "resources/subscribe" -> one(TargetKind.RESOURCE, call.target(), context);
			case "completion/complete" -> completed(call, context);
			case "subscriptions/listen" -> listenedTo(call, context);
			default -> List.of();
		};
	}

	private List<Target> one(TargetKind kind, @Nullable String name, CallContext context) {
		return (name != null) ? List.of(target(kind, name, context)) : List.of();
	}

	private Target target(TargetKind kind, String name, CallContext context) {
		String entry = this.catalog.entry(kind, name, context);
		return new Target(kind, name, entry, (entry != null) ? Set.of(this.rules.policy(kind, name, entry)) : Set.of());
	}

	private List<Target> listenedTo(McpCall call, CallContext context) {
		if (call.params().get("notifications") instanceof Map<?, ?> wanted
				&& wanted.get("resourceSubscriptions") instanceof List<?> uris) {
			return uris.stream()
				.filter(String.class::isInstance)
				.distinct()
				// More than that are refused by whoever answers the method
				.limit(MAX_URIS)
				.map((uri) -> target(TargetKind.RESOURCE, (String) uri, context))
				.toList();
		}
		return List.of();
	}

	private List<Target> completed(McpCall call, CallContext context) {
		String name = call.target();
		if (call.params().get("ref") instanceof Map<?, ?> ref && "ref/prompt".equals(ref.get("type"))) {
			return one(TargetKind.PROMPT, name, context);
		}
		if (name == null) {
			return List.of();
		}
		String template = template(name, context);
		return (template != null)
				? List.of(new Target(TargetKind.TEMPLATE, name, template, this.rules.policies(template)))
				: one(TargetKind.RESOURCE, name, context);
	}

	/**
	 * Return the template whose variables are completed, whose client may have given them
	 * other names.
	 */
	private @Nullable String template(String name, CallContext context) {
		String listed = this.catalog.entry(TargetKind.TEMPLATE, name, context);
		if (listed != null || name.indexOf('{') < 0) {
			return listed;
		}
		String entry = this.catalog.entry(TargetKind.RESOURCE, name, context);
		return (entry != null && !entry.equals(name)) ? entry : null;
	}

}
