// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;

import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;

/**
 * Keeps completions to as many values as the protocol has room for, and says that there
 * are more.
 */
final class CompletionValues {

	private static final int MAX = 100;

	private CompletionValues() {
	}

	/**
	 * Return a result, without values too many if it is one of a completion.
	 */
	static Object bounded(Object result) {
		if (!(result instanceof CompleteResult complete) || complete.completion() == null
				|| complete.completion().values() == null || complete.completion().values().size() <= MAX) {
			return result;
		}
		List<String> values = complete.completion().values();
		Integer total = complete.completion().total();
		return new CompleteResult(new CompleteCompletion(List.copyOf(values.subList(0, MAX)),
				(total != null) ? total : Integer.valueOf(values.size()), true), complete.meta());
	}

}
