// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.ToolCatalog;
import io.mcpremote.policy.CallPolicies;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says what goes on record of what was to be done. Done before the target sees the
 * arguments, since it may change them, and at a cost that does not grow with them.
 */
final class Redaction {

	private static final Log logger = LogFactory.getLog(Redaction.class);

	private static final int MAX_TOOLS = 10_000;

	private final Map<String, KnownTool> tools = new ConcurrentHashMap<>();

	// As many as there are policies
	private final Map<Set<String>, NameRules> bySensitive = new ConcurrentHashMap<>();

	private final McpRemoteAuditProperties properties;

	private final CallPolicies policies;

	private final ToolCatalog catalog;

	private final List<Redactor> redactors;

	private final @Nullable String version;

	private final int max;

	/**
	 * Create a redaction.
	 * @param version the version of the server, which tools have that have none of their
	 * own
	 */
	Redaction(McpRemoteAuditProperties properties, CallPolicies policies, ToolCatalog catalog, List<Redactor> redactors,
			@Nullable String version) {
		this.properties = properties;
		this.policies = policies;
		this.catalog = catalog;
		this.redactors = List.copyOf(redactors);
		this.version = version;
		this.max = (int) properties.maxArguments().toBytes();
	}

	/**
	 * Return what a call is to do, without secrets. Never throws.
	 */
	Action of(McpCall call, CallContext context) {
		String traceId = TraceIds.of(call.trace().traceparent());
		String method = call.method();
		try {
			return switch (method) {
				case "tools/call" -> tool(call, context, traceId);
				case "prompts/get" -> action(call, Shown.untrusted(call.target(), Shown.MAX_NAME), call.arguments(),
						rules(call, context), traceId);
				case "completion/complete" -> action(call, Shown.untrusted(call.target(), Shown.MAX_NAME),
						completed(call.params()), rules(call, context), traceId);
				default -> new Action(method, target(call, context), (call.target() != null) ? this.version : null,
						null, traceId);
			};
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.warn("Call " + call.id() + ": what it is about cannot be put on record: " + ex);
			return new Action(method, SecretText.MASK, null, "{\"\u2026\":\"" + SecretText.MASK + "\"}", traceId);
		}
	}

	/**
	 * Return of how many tools and policies something is kept.
	 */
	int size() {
		return this.tools.size() + this.bySensitive.size();
	}

	private Action tool(McpCall call, CallContext context, @Nullable String traceId) {
		String name = call.target();
		Tool tool = (name != null) ? this.catalog.find(name, context) : null;
		if (name == null || tool == null) {
			return action(call, Shown.untrusted(name, Shown.MAX_NAME), call.arguments(), rules(call, context), traceId);
		}
		KnownTool known = this.tools.get(name);
		if (known == null || known.tool() != tool) {
			known = known(tool, this.policies.of(call, context).sensitive());
		}
		return new Action(call.method(), name, known.version(), arguments(call, call.arguments(), known.rules()),
				traceId);
	}

	private KnownTool known(Tool tool, Set<String> sensitive) {
		if (this.tools.size() >= MAX_TOOLS) {
			// Tools that come and go under ever new names
			this.tools.clear();
		}
		NameRules rules = new NameRules(SchemaSecrets.of(tool.inputSchema()), all(sensitive));
		Object own = (tool.meta() != null) ? tool.meta().get("version") : null;
		KnownTool known = new KnownTool(tool, rules, (own instanceof String text) ? Shown.trusted(text) : this.version);
		this.tools.put(tool.name(), known);
		return known;
	}

	private Action action(McpCall call, @Nullable String target, Map<?, ?> arguments, NameRules rules,
			@Nullable String traceId) {
		return new Action(call.method(), target, this.version, arguments(call, arguments, rules), traceId);
	}

	private @Nullable String arguments(McpCall call, Map<?, ?> arguments, NameRules rules) {
		return switch (this.properties.mode()) {
			case NONE -> null;
			case NAMES -> new ArgumentText(call, rules, this.redactors, this.max).names(arguments);
			case REDACTED ->
				(arguments.isEmpty()) ? "{}" : new ArgumentText(call, rules, this.redactors, this.max).of(arguments);
		};
	}

	private @Nullable String target(McpCall call, CallContext context) {
		String target = call.target();
		if (target == null) {
			return null;
		}
		return (call.method().startsWith("resources/"))
				? Shown.untrusted(UriText.of(target, rules(call, context), this.properties.mode()), 2 * Shown.MAX_URI)
				: Shown.untrusted(target, Shown.MAX_NAME);
	}

	private NameRules rules(McpCall call, CallContext context) {
		Set<String> sensitive = this.policies.of(call, context).sensitive();
		return this.bySensitive.computeIfAbsent(sensitive,
				(names) -> new NameRules(SchemaSecrets.of(null), all(names)));
	}

	private List<String> all(Set<String> sensitive) {
		List<String> all = new ArrayList<>(this.properties.redact());
		all.addAll(sensitive);
		return all;
	}

	/**
	 * Return what has been typed so far, under its name.
	 */
	private static Map<?, ?> completed(Map<String, Object> params) {
		Map<Object, @Nullable Object> all = new LinkedHashMap<>();
		if (params.get("argument") instanceof Map<?, ?> argument) {
			all.put(String.valueOf(argument.get("name")), argument.get("value"));
		}
		if (params.get("context") instanceof Map<?, ?> context
				&& context.get("arguments") instanceof Map<?, ?> others) {
			// Not copied, since there may be any number of them
			all.put("context", others);
		}
		return all;
	}

	/**
	 * What is to be known of a tool.
	 *
	 * @param tool the tool, which is another object when it has been replaced
	 * @param rules tell which of its arguments are secret
	 * @param version its version
	 */
	private record KnownTool(Tool tool, NameRules rules, @Nullable String version) {

	}

}
