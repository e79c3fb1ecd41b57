// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the trace context that a client has sent along what is believed of it: whose
 * span the call belongs to, but not, unless that is wanted, that it has to be traced, and
 * of the baggage only what is expected.
 */
final class TraceParents implements Function<McpCall, TraceContext> {

	private static final int MAX_STATE = 512;

	private static final String SAMPLED = "-01";

	private static final String NOT_SAMPLED = "-00";

	private final Set<String> baggage;

	private final boolean trustSampling;

	private final BooleanSupplier sampled;

	/**
	 * Create an instance.
	 * @param baggage the names of entries that are taken over
	 * @param trustSampling whether clients decide what is traced
	 * @param sampled decides otherwise
	 */
	TraceParents(Set<String> baggage, boolean trustSampling, BooleanSupplier sampled) {
		this.baggage = baggage;
		this.trustSampling = trustSampling;
		this.sampled = sampled;
	}

	@Override
	public TraceContext apply(McpCall call) {
		TraceContext sent = call.trace();
		if (sent == TraceContext.NONE) {
			return sent;
		}
		String parent = parent(sent.traceparent());
		String state = (parent != null) ? state(sent.tracestate()) : null;
		return new TraceContext(parent, state, BaggageEntries.allowed(sent.baggage(), this.baggage));
	}

	/**
	 * Return a parent in the form of the version that everybody understands.
	 */
	private @Nullable String parent(@Nullable String sent) {
		if (sent == null || !isParent(sent)) {
			return null;
		}
		boolean record = (this.trustSampling) ? (Character.digit(sent.charAt(54), 16) & 1) == 1
				: this.sampled.getAsBoolean();
		return "00" + sent.substring(2, 52) + ((record) ? SAMPLED : NOT_SAMPLED);
	}

	/**
	 * Return whether a text is a parent as of W3C Trace Context, of this or of a later
	 * version.
	 */
	static boolean isParent(String text) {
		if (text.length() < 55 || text.charAt(2) != '-' || text.charAt(35) != '-' || text.charAt(52) != '-') {
			return false;
		}
		boolean first = text.startsWith("00");
		boolean ends = text.length() == 55 || (!first && text.charAt(55) == '-');
		return ends && !text.startsWith("ff") && isHex(text, 0, 2) && isHex(text, 3, 35) && isHex(text, 36, 52)
				&& isHex(text, 53, 55) && !isZero(text, 3, 35) && !isZero(text, 36, 52);
	}

	private static @Nullable String state(@Nullable String sent) {
		if (sent == null || sent.length() > MAX_STATE) {
			return null;
		}
		return (sent.chars().allMatch((c) -> c >= ' ' && c <= '~')) ? sent : null;
	}

	private static boolean isHex(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
				return false;
			}
		}
		return true;
	}

	private static boolean isZero(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			if (text.charAt(i) != '0') {
				return false;
			}
		}
		return true;
	}

}
