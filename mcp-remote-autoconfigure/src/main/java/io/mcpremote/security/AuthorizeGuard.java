// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policy;
import io.mcpremote.wire.Challenges;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Lets callers use what they may use. What they are not to know of is refused in the same
 * words as what does not exist, and at the same place, so that nothing tells the two
 * apart.
 */
final class AuthorizeGuard implements CallGuard {

	private final AccessRules rules;

	private final Catalog catalog;

	private final Challenges challenges;

	private final Elevations elevations;

	AuthorizeGuard(AccessRules rules, Catalog catalog, Challenges challenges, Elevations elevations) {
		this.rules = rules;
		this.catalog = catalog;
		this.challenges = challenges;
		this.elevations = elevations;
	}

	@Override
	public CallStage stage() {
		return CallStage.AUTHORIZE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		Refusal refusal = check(CurrentAuthentication.get(), call, context);
		if (refusal != null) {
			return refusal;
		}
		CallOutcome outcome = next.proceed(call, context);
		if (!(outcome instanceof Refusal)) {
			this.elevations.succeeded(call);
		}
		return outcome;
	}

	private @Nullable Refusal check(@Nullable Authentication caller, McpCall call, CallContext context) {
		if (caller == null && !this.rules.isAnythingPublic()) {
			return this.challenges.unauthenticated();
		}
		return switch (call.method()) {
			case "tools/call" -> check(caller, call, context, TargetKind.TOOL, call.target());
			case "prompts/get" -> check(caller, call, context, TargetKind.PROMPT, call.target());
			case "resources/read", "resources/subscribe" ->
				check(caller, call, context, TargetKind.RESOURCE, call.target());
			case "completion/complete" -> check(caller, call, context, completed(call, context), call.target());
			case "subscriptions/listen" -> checkSubscriptions(caller, call, context);
			default -> null;
		};
	}

	private @Nullable Refusal checkSubscriptions(@Nullable Authentication caller, McpCall call, CallContext context) {
		if (call.params().get("notifications") instanceof Map<?, ?> wanted
				&& wanted.get("resourceSubscriptions") instanceof List<?> uris) {
			for (Object uri : uris) {
				Refusal refusal = (uri instanceof String text) ? check(caller, call, context, TargetKind.RESOURCE, text)
						: null;
				if (refusal != null) {
					return refusal;
				}
			}
		}
		return null;
	}

	private @Nullable Refusal check(@Nullable Authentication caller, McpCall call, CallContext context, TargetKind kind,
			@Nullable String name) {
		if (name == null) {
			// Refused as malformed by whoever answers the method
			return null;
		}
		String entry = this.catalog.entry(kind, name, context);
		Policy policy = (entry != null) ? this.rules.policy(kind, name, entry) : null;
		if (caller == null) {
			return (policy != null && policy.isPublic()) ? null : this.challenges.unauthenticated();
		}
		if (policy == null) {
			return unknown(kind, name);
		}
		return switch (this.rules.judge(caller, call, kind, name, policy)) {
			case ALLOWED -> null;
			case SCOPE_MISSING -> (this.rules.isHiding()) ? unknown(kind, name) : challenge(call, name, policy);
			case TOKEN_MISSING, DENIED -> unknown(kind, name);
		};
	}

	private Refusal challenge(McpCall call, String name, Policy policy) {
		this.elevations.asked(call, name, policy.scopes());
		return this.challenges.insufficientScope(policy.scopes());
	}

	private TargetKind completed(McpCall call, CallContext context) {
		if (call.params().get("ref") instanceof Map<?, ?> ref && "ref/prompt".equals(ref.get("type"))) {
			return TargetKind.PROMPT;
		}
		boolean template = call.target() != null
				&& this.catalog.entry(TargetKind.TEMPLATE, call.target(), context) != null;
		return (template) ? TargetKind.TEMPLATE : TargetKind.RESOURCE;
	}

	private static Refusal unknown(TargetKind kind, String name) {
		return switch (kind) {
			case TOOL -> Refusals.unknownTarget("tool", name);
			case PROMPT -> Refusals.unknownTarget("prompt", name);
			case RESOURCE, TEMPLATE -> Refusals.unknownResource(name);
		};
	}

}
