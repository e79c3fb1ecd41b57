// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds the policy of what a call is about.
 *
 * @since 0.1.0
 */
public final class CallPolicies {

	private final Policies policies;

	private final Catalog catalog;

	/**
	 * Create the policies of calls.
	 * @param policies the policies
	 * @param catalog knows which template serves a URI
	 */
	public CallPolicies(Policies policies, Catalog catalog) {
		this.policies = policies;
		this.catalog = catalog;
	}

	/**
	 * Return the policy that applies to a call.
	 * @param call the call
	 * @param context what belongs to it
	 * @return the policy of its tool, prompt or resource; the default one for everything
	 * else, and for what does not exist
	 */
	public Policy of(McpCall call, CallContext context) {
		String target = call.target();
		if (target == null) {
			return Policy.DEFAULT;
		}
		return switch (call.method()) {
			case "tools/call" -> this.policies.tool(target);
			case "prompts/get" -> this.policies.prompt(target);
			case "resources/read" -> resource(target, context);
			default -> Policy.DEFAULT;
		};
	}

	/**
	 * Return under which name the policy of a call is found.
	 * @param call the call
	 * @param context what belongs to it
	 * @return the name, of a resource perhaps that of its template; {@code null} if the
	 * call is about nothing that there is
	 */
	public @Nullable String entry(McpCall call, CallContext context) {
		String target = call.target();
		TargetKind kind = TargetKind.called(call.method());
		return (target != null && kind != null) ? this.catalog.entry(kind, target, context) : null;
	}

	private Policy resource(String uri, CallContext context) {
		String entry = this.catalog.entry(TargetKind.RESOURCE, uri, context);
		return (entry != null) ? this.policies.resource(uri, entry) : Policy.DEFAULT;
	}

}
