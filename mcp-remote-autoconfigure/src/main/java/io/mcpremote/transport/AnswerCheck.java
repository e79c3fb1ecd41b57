// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mcpremote.call.InputRequest;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;

/**
 * Checks that what a client sent can be the answer to a question. If not, the question is
 * put again.
 */
final class AnswerCheck {

	private static final Set<String> ACTIONS = Set.of("accept", "decline", "cancel");

	private AnswerCheck() {
	}

	static boolean fits(InputRequest request, Map<String, Object> answer) {
		return switch (request.method()) {
			case "elicitation/create" -> isElicitation(request.params(), answer);
			case "sampling/createMessage" ->
				answer.get("role") instanceof String && answer.get("model") instanceof String
						&& (answer.get("content") instanceof Map<?, ?> || answer.get("content") instanceof List<?>);
			case "roots/list" -> answer.get("roots") instanceof List<?> roots
					&& roots.stream().allMatch((root) -> root instanceof Map<?, ?> map && map.get("uri") != null);
			default -> true;
		};
	}

	private static boolean isElicitation(Object params, Map<String, Object> answer) {
		if (!(answer.get("action") instanceof String action) || !ACTIONS.contains(action)) {
			return false;
		}
		Object content = answer.get("content");
		if (content != null && !(content instanceof Map<?, ?>)) {
			return false;
		}
		if (!"accept".equals(action) || !(params instanceof ElicitFormRequest form)) {
			return true;
		}
		// The shared one keeps every schema it has ever seen, and forms may be made for
		// each
		// call
		return new DefaultJsonSchemaValidator().validate(form.requestedSchema(), (content != null) ? content : Map.of())
			.valid();
	}

}
