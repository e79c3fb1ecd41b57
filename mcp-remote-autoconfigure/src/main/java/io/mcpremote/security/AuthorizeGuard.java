// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
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

	private final CalledTargets targets;

	private final Challenges challenges;

	private final Elevations elevations;

	AuthorizeGuard(AccessRules rules, CalledTargets targets, Challenges challenges, Elevations elevations) {
		this.rules = rules;
		this.targets = targets;
		this.challenges = challenges;
		this.elevations = elevations;
	}

	@Override
	public CallStage stage() {
		return CallStage.AUTHORIZE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		Authentication caller = CurrentAuthentication.get();
		if (caller == null && !this.rules.isAnythingPublic()) {
			return this.challenges.unauthenticated();
		}
		List<Target> called = this.targets.of(call, context);
		for (Target target : called) {
			Refusal refusal = check(caller, call, target);
			if (refusal != null) {
				return refusal;
			}
		}
		CallOutcome outcome = next.proceed(call, context);
		if (!(outcome instanceof Refusal)) {
			called.forEach((target) -> this.elevations.succeeded(call, target));
		}
		return outcome;
	}

	private @Nullable Refusal check(@Nullable Authentication caller, McpCall call, Target target) {
		if (caller == null) {
			return (target.isPublic()) ? null : this.challenges.unauthenticated();
		}
		if (target.entry() == null) {
			return unknown(target);
		}
		return switch (this.rules.judge(caller, call, target)) {
			case ALLOWED -> null;
			case SCOPE_MISSING -> (this.rules.isHiding()) ? unknown(target) : challenge(call, caller, target);
			case TOKEN_MISSING, DENIED -> unknown(target);
		};
	}

	private Refusal challenge(McpCall call, Authentication caller, Target target) {
		this.elevations.asked(call, target, target.scopes());
		return this.challenges.insufficientScope(target.scopes(), KeptScopes.of(call, caller));
	}

	private static Refusal unknown(Target target) {
		return switch (target.kind()) {
			case TOOL -> Refusals.unknownTarget("tool", target.name());
			case PROMPT -> Refusals.unknownTarget("prompt", target.name());
			case RESOURCE, TEMPLATE -> Refusals.unknownResource(target.name());
		};
	}

}
