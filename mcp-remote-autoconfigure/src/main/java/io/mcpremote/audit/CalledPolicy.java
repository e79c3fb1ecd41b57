// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the policies call sensitive of that which a call names, be it run, completed
 * or subscribed to.
 */
final class CalledPolicy {

	private final Policies policies;

	private final Catalog catalog;

	CalledPolicy(Policies policies, Catalog catalog) {
		this.policies = policies;
		this.catalog = catalog;
	}

	/**
	 * Return the resource or template that a URI belongs to, {@code null} if there is
	 * none.
	 */
	@Nullable String entry(String uri, CallContext context) {
		return this.catalog.entry(TargetKind.RESOURCE, uri, context);
	}

	Set<String> ofTool(String name) {
		return this.policies.tool(name).sensitive();
	}

	Set<String> ofPrompt(@Nullable String name) {
		return (name != null) ? this.policies.prompt(name).sensitive() : Set.of();
	}

	Set<String> ofResource(String uri, @Nullable String entry) {
		return (entry != null) ? this.policies.resource(uri, entry).sensitive() : Set.of();
	}

	/**
	 * Return what is sensitive of a prompt or template whose arguments are completed.
	 */
	Set<String> ofCompleted(McpCall call, CallContext context) {
		String name = call.target();
		if (name == null || namesPrompt(call)) {
			return ofPrompt(name);
		}
		String entry = this.catalog.entry(TargetKind.TEMPLATE, name, context);
		entry = (entry != null) ? entry : entry(name, context);
		if (entry == null) {
			return Set.of();
		}
		Set<String> sensitive = new LinkedHashSet<>(this.policies.resource(name, entry).sensitive());
		this.policies.resources(entry).forEach((policy) -> sensitive.addAll(policy.sensitive()));
		return sensitive;
	}

	/**
	 * Return whether what is completed is an argument of a prompt.
	 */
	static boolean namesPrompt(McpCall call) {
		return call.params().get("ref") instanceof Map<?, ?> ref && "ref/prompt".equals(ref.get("type"));
	}

}
