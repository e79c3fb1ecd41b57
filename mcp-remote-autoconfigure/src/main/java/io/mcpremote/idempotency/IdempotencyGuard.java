// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Duration;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallFlights;
import io.mcpremote.call.CallFlights.Bounds;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.idempotency.IdempotencyStore.Claim;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Answers a call that is made again with what the first one came to, and lets that one
 * come to its end although its client has gone.
 */
final class IdempotencyGuard implements CallGuard {

	private static final Log logger = LogFactory.getLog(IdempotencyGuard.class);

	private static final String TOOLS_CALL = "tools/call";

	/**
	 * For what a call waits for before and after its tool runs.
	 */
	private static final Duration LEASE_MARGIN = Duration.ofMinutes(5);

	private static final Duration RETRY = Duration.ofSeconds(2);

	private static final Refusal RUNNING = Refusals.unavailable("The same call is still under way. Make it again later,"
			+ " with the same arguments, to get its result: it is not done twice.", RETRY);

	private static final Refusal NOT_KNOWN = Refusals.unavailable(
			"It cannot be found out at the moment whether this" + " call has been made before. It was not made.",
			RETRY);

	private static final Refusal OTHER_ARGUMENTS = Refusals.invalidParams(
			CallIdentities.CLIENT_KEY + " has been used for a call with other arguments; a new call needs a new key");

	private final CallFlights<CallIdentity> flights;

	private final Policies policies;

	private final CallIdentities identities;

	private final IdempotencyStore store;

	private final Outcomes outcomes;

	private final Duration window;

	/**
	 * Create a guard.
	 * @param policies say which tools run once
	 * @param identities tell calls apart
	 * @param store remembers calls
	 * @param outcomes know what is to be remembered of them
	 * @param window for how long
	 * @param waiting how many calls of one caller may wait, {@code 0} for any number
	 */
	IdempotencyGuard(Policies policies, CallIdentities identities, IdempotencyStore store, Outcomes outcomes,
			Duration window, int waiting) {
		this.flights = new CallFlights<>(CallContext.REPEATED, waiting);
		this.policies = policies;
		this.identities = identities;
		this.store = store;
		this.outcomes = outcomes;
		this.window = window;
	}

	@Override
	public CallStage stage() {
		return CallStage.IDEMPOTENCY;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		String tool = call.target();
		if (tool == null || !TOOLS_CALL.equals(call.method())) {
			return next.proceed(call, context);
		}
		Policy policy = this.policies.tool(tool);
		CallIdentity identity = this.identities.of(call, tool, policy);
		if (identity == null) {
			return next.proceed(call, context);
		}
		return this.flights.run(identity, call, context, bounds(policy), () -> {
			Claim claim = claim(identity, policy, call);
			if (claim == null) {
				return NOT_KNOWN;
			}
			if (claim.result() != null) {
				context.attribute(CallContext.REPEATED, true);
				return new Result(claim.result());
			}
			return switch (claim.state()) {
				case OTHER -> OTHER_ARGUMENTS;
				case CLAIMED -> once(identity, call, context, next);
				default -> RUNNING;
			};
		});
	}

	private static Bounds bounds(Policy policy) {
		return new Bounds(policy.timeout(), policy.maxConcurrency());
	}

	private CallOutcome once(CallIdentity identity, McpCall call, CallContext context, CallChain next) {
		ResultSnapshot kept = null;
		try {
			context.keepRunning();
			CallOutcome outcome = next.proceed(call, context);
			// Whoever makes the call again was told that it took too long, and may have
			// been
			// done all the same
			CallOutcome last = (context.attribute(CallContext.LATE) instanceof CallOutcome late) ? late : outcome;
			kept = this.outcomes.kept(last, CallIdentities.isKeyed(identity));
			return outcome;
		}
		finally {
			end(identity, call, kept);
		}
	}

	private @Nullable Claim claim(CallIdentity identity, Policy policy, McpCall call) {
		try {
			return this.store.claim(identity, policy.timeout().plus(LEASE_MARGIN));
		}
		catch (RuntimeException ex) {
			logger.warn("Call " + call.id() + " is not made, since the store of calls that were made does not answer",
					ex);
			return null;
		}
	}

	private void end(CallIdentity identity, McpCall call, @Nullable ResultSnapshot kept) {
		try {
			if (kept != null) {
				this.store.complete(identity, kept, this.window);
			}
			else {
				this.store.release(identity);
			}
		}
		catch (RuntimeException ex) {
			logger
				.error("Call " + call.id() + " has been made, but the store of calls that were made does not take what"
						+ " became of it. It may refuse or repeat the call if it is made again", ex);
		}
	}

}
