// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.CallPolicies;
import org.jspecify.annotations.Nullable;

/**
 * What Resilience4j has an instance of its own for.
 *
 * @param kind what kind of thing is called
 * @param target its name, or the URI or template of a resource
 */
record Instance(TargetKind kind, String target) {

	/**
	 * Return what a call is about, if there is such a thing: clients must not be able to
	 * create instances, nor to touch those of the application.
	 */
	static @Nullable Instance of(McpCall call, CallContext context, CallPolicies policies) {
		TargetKind kind = TargetKind.called(call.method());
		String entry = (kind != null) ? policies.entry(call, context) : null;
		return (kind != null && entry != null) ? new Instance(kind, entry) : null;
	}

	/**
	 * Return the name of the instance, by which it is configured.
	 */
	String name() {
		return switch (this.kind) {
			case TOOL -> this.target;
			case PROMPT -> "prompt:" + this.target;
			case RESOURCE, TEMPLATE -> "resource:" + this.target;
		};
	}

}
