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
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Says what goes on record of what was to be done. Done before the target sees the
 * arguments, since it may change them, and at a cost that does not grow with them.
 */
final class Redaction {

	private static final int MAX_TOOLS = 10_000;

	private final Map<String, KnownTool> tools = new ConcurrentHashMap<>();

	// As many as there are policies
	private final Map<Set<String>, NameRules> bySensitive = new ConcurrentHashMap<>();

	private final McpRemoteAuditProperties properties;

	private final CalledPolicy policies;

	private final Catalog catalog;

	private final LossLog log;

	private final List<Redactor> redactors;

	private final @Nullable String version;

	private final int max;

	/**
	 * Create a redaction.
	 * @param version the version of the server, which tools have that have none of their
	 * own
	 */
	Redaction(McpRemoteAuditProperties properties, Policies policies, Catalog catalog, List<Redactor> redactors,
			@Nullable String version, LossLog log) {
		this.properties = properties;
		this.policies = new CalledPolicy(policies, catalog);
		this.catalog = catalog;
		this.log = log;
		this.redactors = List.copyOf(redactors);
		this.version = version;
		this.max = (int) properties.maxArguments().toBytes();
	}

	/**
	 * Return what a call is to do, without secrets. Never throws.
	 * @param traceId the trace it is part of
	 */
	Action of(McpCall call, CallContext context, @Nullable String traceId) {
		String method = call.method();
		try {
			return switch (method) {
				case "tools/call" -> tool(call, context, traceId);
				case "prompts/get" -> action(call, Shown.untrusted(call.target(), Shown.MAX_NAME), call.arguments(),
						rules(this.policies.ofPrompt(call.target())), traceId);
				case "completion/complete" -> action(call, completedTarget(call, context), completed(call.params()),
						rules(this.policies.ofCompleted(call, context)), traceId);
				default -> new Action(method, target(call, context), (call.target() != null) ? this.version : null,
						null, traceId);
			};
		}
		catch (Throwable ex) {
			// Its message may have in it what must not be known
			this.log.warn(
					"Call " + call.id() + ": what it is about cannot be put on record: " + ex.getClass().getName(),
					null);
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
			return action(call, Shown.untrusted(name, Shown.MAX_NAME), call.arguments(),
					rules((name != null) ? this.policies.ofTool(name) : Set.of()), traceId);
		}
		KnownTool known = this.tools.get(name);
		if (known == null || known.tool() != tool) {
			known = known(tool, this.policies.ofTool(name));
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
		return (call.method().startsWith("resources/")) ? uri(call, target, context)
				: Shown.untrusted(target, Shown.MAX_NAME);
	}

	private @Nullable String completedTarget(McpCall call, CallContext context) {
		String target = call.target();
		if (target == null || CalledPolicy.namesPrompt(call)) {
			return Shown.untrusted(target, Shown.MAX_NAME);
		}
		boolean listed = this.catalog.entry(TargetKind.TEMPLATE, target, context) != null;
		return (listed) ? Shown.untrusted(target, Shown.MAX_URI) : uri(call, target, context);
	}

	private @Nullable String uri(McpCall call, String uri, CallContext context) {
		String entry = this.policies.entry(uri, context);
		NameRules rules = rules(this.policies.ofResource(uri, entry));
		UriText text = new UriText(rules, this.properties.mode(), new RedactorChain(call, this.redactors));
		return Shown.untrusted(text.of(uri, entry), 2 * Shown.MAX_URI);
	}

	private NameRules rules(Set<String> sensitive) {
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
