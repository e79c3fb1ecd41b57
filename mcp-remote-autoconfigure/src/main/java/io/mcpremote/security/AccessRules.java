// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.call.CallText;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Judges who may use what. Calls and lists are judged by the same rules, so that no list
 * promises what a call denies, and no call reveals what a list hides.
 */
final class AccessRules {

	private static final Log logger = LogFactory.getLog(AccessRules.class);

	private final Policies policies;

	private final ScopeHierarchy hierarchy;

	private final List<AccessDecision> decisions;

	private final boolean hiding;

	private final Map<Policy, Requirement> requirements = new ConcurrentHashMap<>();

	private final Set<String> ungoverned = ConcurrentHashMap.newKeySet();

	AccessRules(Policies policies, ScopeHierarchy hierarchy, List<AccessDecision> decisions, DeniedTools denied) {
		this.policies = policies;
		this.hierarchy = hierarchy;
		this.decisions = List.copyOf(decisions);
		this.hiding = denied == DeniedTools.HIDE;
	}

	/**
	 * Return whether callers are not told what they lack.
	 */
	boolean isHiding() {
		return this.hiding;
	}

	/**
	 * Return whether anything is there for callers without a token.
	 */
	boolean isAnythingPublic() {
		return this.policies.anythingPublic();
	}

	/**
	 * Return whether every authenticated caller is to know of everything.
	 */
	boolean isEverythingKnown() {
		return !this.hiding && this.decisions.isEmpty() && !this.policies.asksForRoles() && !this.policies.isRequired();
	}

	/**
	 * Return the policy of something.
	 * @param kind its kind
	 * @param name its name or URI
	 * @param entry the name or URI under which it is listed
	 */
	Policy policy(TargetKind kind, String name, String entry) {
		return switch (kind) {
			case TOOL -> this.policies.tool(name);
			case PROMPT -> this.policies.prompt(name);
			case RESOURCE, TEMPLATE -> this.policies.resource(name, entry);
		};
	}

	/**
	 * Return what applies to the resources of a template, whichever they are.
	 * @param template the template as it is listed
	 */
	Set<Policy> policies(String template) {
		return this.policies.resources(template);
	}

	/**
	 * Judge a caller by everything that applies to what is called.
	 * @param caller the caller, {@code null} if nobody vouches for it
	 * @param call the call
	 * @param target what is called, which must be there
	 */
	Verdict judge(@Nullable Authentication caller, McpCall call, Target target) {
		// The decisions of the application are about what is listed
		String name = (target.kind() == TargetKind.TEMPLATE && target.entry() != null) ? target.entry() : target.name();
		Verdict worst = Verdict.ALLOWED;
		for (Policy policy : target.policies()) {
			Verdict verdict = judge(caller, call, target.kind(), name, policy);
			worst = (verdict.compareTo(worst) > 0) ? verdict : worst;
		}
		return worst;
	}

	/**
	 * Judge a caller.
	 * @param caller the caller, {@code null} if nobody vouches for it
	 * @param call the call
	 * @param kind the kind of what it is about
	 * @param name its name or URI
	 * @param policy its policy
	 */
	Verdict judge(@Nullable Authentication caller, McpCall call, TargetKind kind, String name, Policy policy) {
		if (policy.isPublic()) {
			return Verdict.ALLOWED;
		}
		if (kind == TargetKind.TOOL && this.policies.lacksPolicy(name)) {
			reportUngoverned(name);
			return Verdict.DENIED;
		}
		if (caller == null) {
			// A token may be all that is missing; whether more is, nobody can say yet
			return (policy.roles().isEmpty() && this.decisions.isEmpty()) ? Verdict.TOKEN_MISSING : Verdict.DENIED;
		}
		Requirement requirement = this.requirements.computeIfAbsent(policy,
				(key) -> Requirement.of(key, this.hierarchy));
		if (!requirement.hasRole(caller) || !agree(caller, call, kind, name)) {
			return Verdict.DENIED;
		}
		return (requirement.hasScopes(caller)) ? Verdict.ALLOWED : Verdict.SCOPE_MISSING;
	}

	private boolean agree(Authentication caller, McpCall call, TargetKind kind, String name) {
		for (AccessDecision decision : this.decisions) {
			try {
				if (!decision.mayUse(caller, kind, name)) {
					return false;
				}
			}
			catch (RuntimeException ex) {
				logger.warn("Call " + call.id() + ": " + decision.getClass().getName() + " failed to decide about '"
						+ CallText.target(name) + "', which is therefore hidden from the caller", ex);
				return false;
			}
		}
		return true;
	}

	private void reportUngoverned(String name) {
		if (this.ungoverned.add(name)) {
			logger.error("The tool '" + Refusals.shown(name) + "' is hidden: it has been added without a policy and"
					+ " mcp.remote.require-policy is set. Set mcp.remote.tool-defaults, or make it of a method with"
					+ " @ToolPolicy.");
		}
	}

	/**
	 * What stands between a caller and what it wants to use, from the least to the worst.
	 */
	enum Verdict {

		/**
		 * Nothing.
		 */
		ALLOWED,

		/**
		 * A scope, with which it would be allowed.
		 */
		SCOPE_MISSING,

		/**
		 * Nobody vouches for the caller.
		 */
		TOKEN_MISSING,

		/**
		 * Something that the caller cannot get.
		 */
		DENIED

	}

}
