// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallConfirmation;
import io.mcpremote.call.CallConfirmation.Decision;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CallPolicies;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Runs a tool that wants to be confirmed only if the user says yes.
 */
final class ConfirmGuard implements CallGuard {

	private static final Log logger = LogFactory.getLog(ConfirmGuard.class);

	private static final String TOOLS_CALL = "tools/call";

	private final CallPolicies policies;

	private final ClientUser user;

	private final ApplicationEventPublisher events;

	// As many as there are policies, which do not change
	private final Map<String, Question> questions = new ConcurrentHashMap<>();

	ConfirmGuard(CallPolicies policies, ClientUser user, ApplicationEventPublisher events) {
		this.policies = policies;
		this.user = user;
		this.events = events;
	}

	@Override
	public CallStage stage() {
		return CallStage.CONFIRM;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		String confirm = (TOOLS_CALL.equals(call.method())) ? this.policies.of(call, context).confirm() : null;
		// Nobody is asked about a tool that is not there
		if (confirm == null || call.target() == null || this.policies.entry(call, context) == null) {
			return next.proceed(call, context);
		}
		Question question = this.questions.computeIfAbsent(confirm, Question::parse);
		Decision decision = this.user.decide(call, context, question.about(call.arguments()));
		context.attribute(CallConfirmation.ATTRIBUTE, decision);
		publish(new CallConfirmation(call.id(), call.caller(), call.target(), confirm, decision));
		return (decision == Decision.CONFIRMED) ? next.proceed(call, context)
				: new Failure(FailureKind.NOT_CONFIRMED, told(decision), null);
	}

	private void publish(CallConfirmation confirmation) {
		logger.debug("Call " + confirmation.callId() + " is " + confirmation.decision());
		try {
			this.events.publishEvent(confirmation);
		}
		catch (RuntimeException ex) {
			logger.warn("Call " + confirmation.callId() + ": a listener failed to hear of a confirmation", ex);
		}
	}

	private static String told(Decision decision) {
		return "Not run: " + switch (decision) {
			case DECLINED -> "the user was asked and said no. Do not try again unless the user wants it.";
			case DISMISSED ->
				"the user was asked and decided nothing. Find out what the user wants before you try again.";
			case UNANSWERED -> "the user was asked, and there was no answer in time that could be understood. Find out"
					+ " what the user wants before you try again.";
			case CANNOT_ASK -> "the user has to confirm this, and this client cannot ask. It takes a client that"
					+ " declares the elicitation capability, and either a session or protocol revision 2026-07-28."
					+ " Tell the user what to do.";
			case TOO_MANY_OPEN -> "the user has to confirm this, and too many other questions are waiting for the"
					+ " user already. Try again when they have been answered.";
			case CONFIRMED -> throw new IllegalArgumentException("Was confirmed");
		};
	}

}
