// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.mcpremote.call.Catalog;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.CacheRule;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses to start with remembered results of tools that do something, or that decide for
 * themselves who may call them.
 */
final class CacheCheck implements SmartInitializingSingleton {

	private final Catalog catalog;

	private final Policies policies;

	private final AnnotatedTargets targets;

	CacheCheck(Catalog catalog, Policies policies, AnnotatedTargets targets) {
		this.catalog = catalog;
		this.policies = policies;
		this.targets = targets;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<Tool> tools = this.catalog.tools();
		List<String> names = tools.stream().map(Tool::name).sorted().toList();
		for (Tool tool : tools) {
			Policy policy = this.policies.tool(tool.name());
			checkInvalidated(tool.name(), policy.invalidates(), names);
			// What is said of tools in general is about those for which it makes sense
			if (policy.cache() != null && policy.cache() != this.policies.toolDefault().cache()
					&& !policy.cache().forced()) {
				checkCached(tool, policy.cache());
			}
		}
	}

	private void checkCached(Tool tool, CacheRule rule) {
		String name = tool.name();
		if (!CacheableTools.isReadOnly(tool)) {
			throw refused(name, rule,
					"does not say that it only reads: a call that is answered from memory would not do"
							+ " what it should",
					"If it only reads, say so: @McpTool(annotations = @McpTool.McpAnnotations(readOnlyHint = true)).");
		}
		if (this.targets.isSecured(name)) {
			throw refused(name, rule,
					"has method security of its own, which is not asked when a call is answered from" + " memory",
					"Say who may call it with @ToolPolicy or mcp.remote.tools[" + name + "] (scopes, roles) instead.");
		}
	}

	private static InvalidPolicyException refused(String name, CacheRule rule, String reason, String fix) {
		return new InvalidPolicyException(
				"Results of the tool '" + name + "' are to be remembered (cache.time-to-live " + rule.timeToLive()
						+ ", cache.scope " + rule.scope().name().toLowerCase(Locale.ROOT) + " in its policy), but it "
						+ reason + ".",
				fix + " Otherwise take cache out of its @ToolPolicy and mcp.remote.tools[" + name
						+ "], or, if results may be given again all the same, set cache.forced there.");
	}

	private static void checkInvalidated(String name, Set<String> invalidated, List<String> tools) {
		for (String other : new TreeSet<>(invalidated)) {
			if (!tools.contains(other)) {
				throw new InvalidPolicyException(
						"The tool '" + name + "' makes results of '" + other
								+ "' obsolete (invalidates), but there is no such tool.",
						"Correct the name, or take it out of invalidates in @ToolPolicy, mcp.remote.tools[" + name
								+ "] or mcp.remote.tool-defaults. There are: " + String.join(", ", tools) + ".");
			}
		}
	}

}
