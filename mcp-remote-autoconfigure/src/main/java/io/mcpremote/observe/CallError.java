// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

/**
 * Tells a span that its call went wrong. Never thrown.
 */
final class CallError extends RuntimeException {

	CallError(String word) {
		super(word, null, false, false);
	}

}
