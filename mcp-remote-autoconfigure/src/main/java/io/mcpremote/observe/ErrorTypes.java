// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.RefusalReason;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

/**
 * Puts what went wrong into one of a fixed number of words.
 */
final class ErrorTypes {

	private static final String TOOL_ERROR = "tool_error";

	private static final Map<Enum<?>, String> WORDS = Stream
		.<Enum<?>>concat(Arrays.stream(FailureKind.values()), Arrays.stream(RefusalReason.values()))
		.collect(Collectors.toUnmodifiableMap(Function.identity(), ErrorTypes::word));

	private static final Map<String, CallError> ERRORS = Stream.concat(WORDS.values().stream(), Stream.of(TOOL_ERROR))
		.distinct()
		.collect(Collectors.toUnmodifiableMap(Function.identity(), CallError::new));

	private ErrorTypes() {
	}

	/**
	 * Return the word for what went wrong.
	 * @return the word, {@link CallObservationContext#NONE} if nothing has
	 */
	static String of(CallOutcome outcome) {
		if (outcome instanceof Refusal refusal) {
			return WORDS.getOrDefault(refusal.reason(), TOOL_ERROR);
		}
		if (outcome instanceof Failure failure) {
			return WORDS.getOrDefault(failure.kind(), TOOL_ERROR);
		}
		boolean told = outcome instanceof Result result && result.value() instanceof CallToolResult tool
				&& Boolean.TRUE.equals(tool.isError());
		return (told) ? TOOL_ERROR : CallObservationContext.NONE;
	}

	/**
	 * Return what spans are told of it, which is no more than the word: what the
	 * application threw says things that are not for every backend.
	 */
	@SuppressWarnings("NullAway") // There is one for each word
	static CallError error(String word) {
		return ERRORS.get(word);
	}

	private static String word(Enum<?> constant) {
		return (constant == FailureKind.TOLD) ? TOOL_ERROR : constant.name().toLowerCase(Locale.ROOT);
	}

}
