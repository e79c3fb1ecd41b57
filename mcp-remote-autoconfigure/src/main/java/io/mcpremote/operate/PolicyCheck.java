// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.StartupException;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.McpRemotePolicyProperties;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.UriPattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Makes sure, before the first client comes, that every policy that is configured is
 * about something, and that every tool has one if it must.
 */
final class PolicyCheck {

	private static final Log logger = LogFactory.getLog(PolicyCheck.class);

	private final Catalog catalog;

	private final Policies policies;

	private final McpRemotePolicyProperties properties;

	PolicyCheck(Catalog catalog, Policies policies, McpRemotePolicyProperties properties) {
		this.catalog = catalog;
		this.policies = policies;
		this.properties = properties;
	}

	void run() {
		List<String> tools = this.catalog.names(TargetKind.TOOL);
		List<String> prompts = this.catalog.names(TargetKind.PROMPT);
		List<String> resources = this.catalog.names(TargetKind.RESOURCE);
		List<String> templates = this.catalog.names(TargetKind.TEMPLATE);
		refuse("tools", "tool", others(this.properties.tools().keySet(), tools), tools);
		refuse("prompts", "prompt", others(this.properties.prompts().keySet(), prompts), prompts);
		Set<String> both = new TreeSet<>(resources);
		both.addAll(templates);
		SortedSet<String> patterns = others(this.properties.resources().keySet(), both);
		patterns.removeAll(applying(patterns, resources, templates));
		refuse("resources", "resource or template", patterns, both);
		// Brings the policies together, so that their faults are found now
		if (this.policies.anythingPublic()) {
			logger.info("At least one tool, prompt or resource is public: callers without a token may initialize, list"
					+ " and discover");
		}
		List<String> open = new ArrayList<>();
		for (String tool : tools) {
			if (this.policies.lacksPolicy(tool)) {
				open.add(tool);
			}
		}
		if (!open.isEmpty()) {
			throw new StartupException(
					"mcp.remote.require-policy is set, but nobody has decided who may use the tools " + open + ".",
					"Give each of them a scope, a role, or access PUBLIC, with @ToolPolicy or under mcp.remote.tools, or"
							+ " give all of them some under mcp.remote.tool-defaults.");
		}
	}

	private static SortedSet<String> others(Set<String> configured, Collection<String> there) {
		SortedSet<String> others = new TreeSet<>(configured);
		for (String name : there) {
			others.remove(name);
		}
		return others;
	}

	private static List<String> applying(Set<String> patterns, List<String> resources, List<String> templates) {
		List<String> applying = new ArrayList<>();
		for (String pattern : patterns) {
			if (appliesToAny(pattern, resources, templates)) {
				applying.add(pattern);
			}
		}
		return applying;
	}

	private static boolean appliesToAny(String text, List<String> resources, List<String> templates) {
		if (text.indexOf('{') >= 0) {
			return false;
		}
		UriPattern pattern = UriPattern.of(text);
		return resources.stream().anyMatch(pattern::matches)
				|| templates.stream().anyMatch((template) -> pattern.overlaps(UriPattern.ofTemplate(template)));
	}

	private static void refuse(String section, String kind, SortedSet<String> unknown, Collection<String> there) {
		if (!unknown.isEmpty()) {
			String name = unknown.first();
			throw new StartupException(
					"mcp.remote." + section + " has a policy for '" + name + "', but there is no such " + kind + ".",
					"There are: " + String.join(", ", there) + ". Correct the name or take it away. A name with"
							+ " other characters than letters, digits, '-' and '_' goes into brackets, in YAML"
							+ " \"[the.name]\". What is added while the application runs cannot be named here.");
		}
	}

}
