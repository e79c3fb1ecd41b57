// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import io.mcpremote.call.McpCall;

/**
 * Asks the redactors of an application about values of one call, and believes none of
 * them that fails.
 */
final class RedactorChain {

	private static final int MAX_TEXT = 1152;

	private final McpCall call;

	private final List<Redactor> redactors;

	RedactorChain(McpCall call, List<Redactor> redactors) {
		this.call = call;
		this.redactors = redactors;
	}

	boolean isEmpty() {
		return this.redactors.isEmpty();
	}

	/**
	 * Return what all of them leave of a value.
	 */
	String redacted(String path, String value) {
		String redacted = value;
		for (int i = 0; i < this.redactors.size(); i++) {
			redacted = redacted(this.redactors.get(i), path, redacted);
		}
		return redacted;
	}

	@SuppressWarnings("NullAway") // Redactors of applications may return anything
	private String redacted(Redactor redactor, String path, String value) {
		try {
			String redacted = redactor.redact(this.call, path, value);
			boolean bounded = redacted != null && (redacted.length() <= MAX_TEXT || redacted.equals(value));
			return (bounded) ? redacted : SecretText.MASK;
		}
		catch (Throwable ex) {
			// What it would have replaced is not known
			return SecretText.MASK;
		}
	}

}
