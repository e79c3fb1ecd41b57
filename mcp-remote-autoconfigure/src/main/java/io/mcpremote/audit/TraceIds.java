// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import io.mcpremote.call.CurrentTrace;
import io.mcpremote.call.McpCall;
import org.jspecify.annotations.Nullable;

/**
 * Tells which trace a call is part of: that of the current span, or else what its client
 * has sent.
 */
final class TraceIds {

	private static final int VERSION_END = 3;

	private static final int TRACE_END = VERSION_END + 32;

	private static final int SPAN_END = TRACE_END + 1 + 16;

	private static final int LENGTH = SPAN_END + 3;

	private static final int SHORT = 16;

	private static final int LONG = 32;

	private final @Nullable CurrentTrace current;

	/**
	 * Create an instance.
	 * @param current tells of the current span, {@code null} if there are no traces
	 */
	TraceIds(@Nullable CurrentTrace current) {
		this.current = current;
	}

	/**
	 * Return the id of the trace that a call is part of, on its thread.
	 * @return hexadecimal digits, or {@code null} if there is no valid id
	 */
	@Nullable String of(McpCall call) {
		String id = ofCurrent();
		return (id != null) ? id : of(call.trace().traceparent());
	}

	/**
	 * Return the id of the trace that the current thread works for.
	 * @return hexadecimal digits, or {@code null} if there is no valid id
	 */
	@Nullable String ofCurrent() {
		return (this.current != null) ? currentId(this.current) : null;
	}

	private static @Nullable String currentId(CurrentTrace current) {
		try {
			String id = current.traceId();
			return (id != null && isId(id)) ? id : null;
		}
		catch (RuntimeException | LinkageError ex) {
			// A tracer that fails keeps nothing off the record
			return null;
		}
	}

	private static boolean isId(String id) {
		boolean zero = true;
		for (int i = 0; i < id.length(); i++) {
			if (!isHex(id.charAt(i))) {
				return false;
			}
			zero = zero && id.charAt(i) == '0';
		}
		return (id.length() == SHORT || id.length() == LONG) && !zero;
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
