// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Reads the id of a trace from what a client has sent.
 */
final class TraceIds {

	private static final int VERSION_END = 3;

	private static final int TRACE_END = VERSION_END + 32;

	private static final int SPAN_END = TRACE_END + 1 + 16;

	private static final int LENGTH = SPAN_END + 3;

	private TraceIds() {
	}

	/**
	 * Return the id of the trace.
	 * @param traceparent a W3C trace context, which may be anything
	 * @return 32 hexadecimal digits, or {@code null} if there is no valid id
	 */
	static @Nullable String of(@Nullable String traceparent) {
		if (traceparent == null || traceparent.length() < LENGTH || traceparent.length() > 4 * LENGTH
				|| (traceparent.length() > LENGTH && traceparent.charAt(LENGTH) != '-')) {
			return null;
		}
		boolean zero = true;
		for (int i = 0; i < LENGTH; i++) {
			char c = traceparent.charAt(i);
			boolean dash = i == VERSION_END - 1 || i == TRACE_END || i == SPAN_END;
			if ((dash) ? c != '-' : !isHex(c)) {
				return null;
			}
			zero = zero && (i < VERSION_END || i >= TRACE_END || c == '0');
		}
		boolean invalidVersion = traceparent.startsWith("ff");
		return (zero || invalidVersion) ? null : traceparent.substring(VERSION_END, TRACE_END);
	}

	private static boolean isHex(char c) {
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
	}

}
