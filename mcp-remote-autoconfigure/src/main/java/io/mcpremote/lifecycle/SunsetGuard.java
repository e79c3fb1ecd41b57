// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.Sunset;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells of calls of deprecated tools, and refuses those that come too late.
 */
final class SunsetGuard implements CallGuard {

	private static final Log logger = LogFactory.getLog(SunsetGuard.class);

	private static final String TOOLS_CALL = "tools/call";

	private final CallPolicies policies;

	private final DeprecationLog log;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SunsetGuard(CallPolicies policies, DeprecationLog log, ApplicationEventPublisher events, Clock clock) {
		this.policies = policies;
		this.log = log;
		this.events = events;
		this.clock = clock;
	}

	@Override
	public CallStage stage() {
		return CallStage.SUNSET;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		Sunset sunset = (TOOLS_CALL.equals(call.method())) ? this.policies.of(call, context).sunset() : null;
		if (sunset == null || call.target() == null || this.policies.entry(call, context) == null) {
			return next.proceed(call, context);
		}
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		boolean removed = isRemoved(sunset, today);
		context.attribute(DeprecatedCall.ATTRIBUTE, removed);
		if (context.round() == null) {
			tell(new DeprecatedCall(call.id(), call.caller(), call.target(), sunset.since(), sunset.removal(),
					sunset.replacedBy(), removed), today);
		}
		return (removed) ? new Failure(FailureKind.REMOVED, told(call.target(), sunset), null)
				: next.proceed(call, context);
	}

	/**
	 * Return whether a tool is not to be used any more.
	 */
	static boolean isRemoved(Sunset sunset, LocalDate today) {
		return sunset.removal() != null && !today.isBefore(sunset.removal());
	}

	private void tell(DeprecatedCall deprecated, LocalDate today) {
		this.log.called(deprecated, today);
		try {
			this.events.publishEvent(deprecated);
		}
		catch (RuntimeException ex) {
			logger.warn("Call " + deprecated.callId() + ": a listener failed to hear of a deprecated tool", ex);
		}
	}

	private static String told(String tool, Sunset sunset) {
		return "The tool '" + tool + "' was removed on " + sunset.removal() + ". " + ((sunset.replacedBy() != null)
				? "Use '" + sunset.replacedBy() + "' instead." : "Nothing has taken its place.");
	}

}
