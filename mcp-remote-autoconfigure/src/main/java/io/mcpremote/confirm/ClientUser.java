// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.mcpremote.call.CallConfirmation.Decision;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallSignal;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.ToolException;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The person behind a client, who is asked yes or no.
 */
final class ClientUser {

	/**
	 * Names the question; tools have keys of their own.
	 */
	static final String KEY = "io.mcpremote/confirm";

	private static final Log logger = LogFactory.getLog(ClientUser.class);

	private static final String ANSWER = "confirm";

	/**
	 * A field to be set, and set by nobody but the user: a form without fields is
	 * accepted too easily.
	 */
	private static final Map<String, Object> FORM = form();

	private final Duration timeout;

	ClientUser(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Find out what the user wants.
	 * @throws CallSignal if the call has to end first
	 */
	Decision decide(McpCall call, CallContext context, String question) {
		try {
			Decision decision = decision(ask(context, question));
			if (decision != Decision.CONFIRMED) {
				context.useUp();
			}
			return decision;
		}
		catch (CallSignal signal) {
			if (signal.outcome() instanceof Refusal refusal && refusal.reason() == RefusalReason.MISSING_CAPABILITY) {
				return Decision.CANNOT_ASK;
			}
			if (signal.outcome() instanceof Refusal refusal && refusal.reason() == RefusalReason.UNAVAILABLE) {
				return Decision.TOO_MANY_OPEN;
			}
			throw signal;
		}
		catch (ToolException | CancellationException | McpError ex) {
			// The time was over, or the session, or the client answered with an error
			logger.debug("Call " + call.id() + " was not confirmed", ex);
			return Decision.UNANSWERED;
		}
	}

	private Map<String, Object> ask(CallContext context, String question) {
		InputRequest request = new InputRequest(McpSchema.METHOD_ELICITATION_CREATE,
				ElicitFormRequest.builder(question, FORM).build());
		return context.askOnce(KEY, request, this.timeout);
	}

	private static Map<String, Object> form() {
		Map<String, Object> field = new LinkedHashMap<>();
		field.put("type", "boolean");
		field.put("title", "Confirm");
		field.put("description", "Whether to go on. Without it nothing is done.");
		field.put("default", false);
		Map<String, Object> form = new LinkedHashMap<>();
		form.put("type", "object");
		form.put("properties", Map.of(ANSWER, field));
		form.put("required", List.of(ANSWER));
		return form;
	}

	private static Decision decision(Map<String, Object> answer) {
		return switch (String.valueOf(answer.get("action"))) {
			case "accept" -> (answer.get("content") instanceof Map<?, ?> form && Boolean.TRUE.equals(form.get(ANSWER)))
					? Decision.CONFIRMED : Decision.DECLINED;
			case "decline" -> Decision.DECLINED;
			case "cancel" -> Decision.DISMISSED;
			default -> Decision.UNANSWERED;
		};
	}

}
