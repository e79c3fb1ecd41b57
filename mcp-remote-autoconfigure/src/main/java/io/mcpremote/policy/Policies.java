// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * The policies of everything the server offers. They do not change while the application
 * runs; they are brought together when they are asked for the first time, which must not
 * be before all beans exist.
 *
 * @since 0.1.0
 */
public final class Policies {

	private final boolean required;

	private final SingletonSupplier<Table> table;

	/**
	 * Create the policies.
	 * @param properties what is configured
	 * @param annotated what is annotated
	 */
	public Policies(McpRemotePolicyProperties properties, AnnotatedTargets annotated) {
		this.required = properties.requirePolicy();
		this.table = SingletonSupplier.of(() -> Table.of(properties, annotated));
	}

	/**
	 * Return the policy of a tool.
	 * @param name the name of the tool
	 * @return its policy
	 */
	public Policy tool(String name) {
		Table all = this.table.obtain();
		Policy policy = all.tools().get(name);
		return (policy != null) ? policy : all.toolDefault();
	}

	/**
	 * Return what applies to tools of which nothing is said.
	 * @return the policy of tools without one
	 */
	public Policy toolDefault() {
		return this.table.obtain().toolDefault();
	}

	/**
	 * Return the policy of a prompt.
	 * @param name the name of the prompt
	 * @return its policy
	 */
	public Policy prompt(String name) {
		Policy policy = this.table.obtain().prompts().get(name);
		return (policy != null) ? policy : Policy.DEFAULT;
	}

	/**
	 * Return the policy of a resource.
	 * @param uri its URI; for a template the template itself
	 * @param entry the resource or template that serves the URI, as it stands in its list
	 * @return its policy
	 */
	public Policy resource(String uri, String entry) {
		return this.table.obtain().resources().of(uri, entry);
	}

	/**
	 * Return the policies of whatever resources a template stands for.
	 * @param template the template as it stands in its list
	 * @return the template's own policy and those of parts that have another
	 */
	public Set<Policy> resources(String template) {
		return this.table.obtain().resources().all(template);
	}

	/**
	 * Return what is configured for resources, with nothing below it but the annotation
	 * of the entry that it names, if it names one.
	 * @return the policies by URI, template or pattern, sorted
	 */
	public Map<String, Policy> configuredResources() {
		return this.table.obtain().resources().configured();
	}

	/**
	 * Return whether there is anything for callers without a token.
	 * @return whether at least one policy is public
	 */
	public boolean anythingPublic() {
		return this.table.obtain().anythingPublic();
	}

	/**
	 * Return whether tools must have a policy.
	 * @return whether tools without one are not to be used
	 */
	public boolean isRequired() {
		return this.required;
	}

	/**
	 * Return whether a tool is not to be used before somebody has decided who may.
	 * @param name the name of the tool
	 * @return whether policies are required and the tool has none
	 */
	public boolean lacksPolicy(String name) {
		return this.required && !tool(name).isGoverned();
	}

	/**
	 * Return whether a role is asked for anywhere.
	 * @return whether at least one policy asks for roles
	 */
	public boolean asksForRoles() {
		return this.table.obtain().asksForRoles();
	}

	/**
	 * Return the first day on which a tool is refused.
	 * @return the day, or {@code null} if none has been decided on
	 */
	public @Nullable LocalDate firstRemoval() {
		return this.table.obtain().firstRemoval();
	}

	private record Table(Policy toolDefault, Map<String, Policy> tools, Map<String, Policy> prompts,
			ResourcePolicies resources, boolean anythingPublic, boolean asksForRoles,
			@Nullable LocalDate firstRemoval) {

		static Table of(McpRemotePolicyProperties properties, AnnotatedTargets annotated) {
			Policy toolDefault = toolDefault(properties.toolDefaults());
			for (Map.Entry<String, PolicySettings> tool : properties.tools().entrySet()) {
				tool.getValue().check(source("tools", tool.getKey()));
			}
			checkWithoutTool("prompts", properties.prompts());
			checkWithoutTool("resources", properties.resources());
			Map<String, Policy> tools = merge(toolDefault, annotated.tools(), properties.tools());
			Map<String, Policy> prompts = merge(Policy.DEFAULT, annotated.prompts(), properties.prompts());
			ResourcePolicies resources = new ResourcePolicies(annotated.resources(), properties.resources());
			List<Policy> all = new ArrayList<>(List.of(toolDefault));
			all.addAll(tools.values());
			all.addAll(prompts.values());
			all.addAll(resources.all());
			boolean anythingPublic = false;
			boolean asksForRoles = false;
			for (Policy policy : all) {
				anythingPublic |= policy.isPublic();
				asksForRoles |= !policy.roles().isEmpty();
			}
			return new Table(toolDefault, tools, prompts, resources, anythingPublic, asksForRoles, firstRemoval(all));
		}

		private static void checkWithoutTool(String section, Map<String, PolicySettings> configured) {
			for (Map.Entry<String, PolicySettings> target : configured.entrySet()) {
				target.getValue().checkWithoutTool(source(section, target.getKey()));
			}
		}

		private static Policy toolDefault(@Nullable PolicySettings configured) {
			return (configured != null) ? configured.check("mcp.remote.tool-defaults").over(Policy.DEFAULT)
					: Policy.DEFAULT;
		}

		private static @Nullable LocalDate firstRemoval(List<Policy> all) {
			LocalDate first = null;
			for (Policy policy : all) {
				LocalDate removal = (policy.sunset() != null) ? policy.sunset().removal() : null;
				if (removal != null && (first == null || removal.isBefore(first))) {
					first = removal;
				}
			}
			return first;
		}

		private static String source(String section, String name) {
			return "mcp.remote." + section + "[" + name + "]";
		}

		private static Map<String, Policy> merge(Policy lowest, Map<String, PolicySettings> annotated,
				Map<String, PolicySettings> configured) {
			Map<String, Policy> merged = new HashMap<>();
			for (Map.Entry<String, PolicySettings> target : annotated.entrySet()) {
				merged.put(target.getKey(), target.getValue().over(lowest));
			}
			for (Map.Entry<String, PolicySettings> target : configured.entrySet()) {
				@Nullable Policy below = merged.get(target.getKey());
				merged.put(target.getKey(), target.getValue().over((below != null) ? below : lowest));
			}
			// Nobody else sees it, and it is asked several times in each call
			return merged;
		}

	}

}
