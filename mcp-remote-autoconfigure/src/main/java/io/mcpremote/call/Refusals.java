// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.mcpremote.call.CallOutcome.Refusal;

import org.springframework.util.StringUtils;

/**
 * Creates refusals.
 *
 * @since 0.1.0
 */
public final class Refusals {

	private static final int SHOWN_LENGTH = 128;

	private static final int URI_LENGTH = 2048;

	private Refusals() {
	}

	/**
	 * Refuse for a reason that needs neither data nor headers.
	 * @param reason why
	 * @param message says what happened and what to do
	 * @return the refusal
	 */
	public static Refusal of(RefusalReason reason, String message) {
		return new Refusal(reason, message, Map.of(), Map.of());
	}

	/**
	 * Refuse an unknown method.
	 * @param method the method
	 * @return the refusal
	 */
	public static Refusal methodNotFound(String method) {
		return of(RefusalReason.METHOD_NOT_FOUND, "Method not found: " + shown(method));
	}

	/**
	 * Refuse unacceptable parameters.
	 * @param message says which parameter and why
	 * @return the refusal
	 */
	public static Refusal invalidParams(String message) {
		return of(RefusalReason.INVALID_PARAMS, "Invalid params: " + message);
	}

	/**
	 * Refuse a tool or prompt that does not exist for this caller.
	 * @param kind what was asked for, such as "tool"
	 * @param name its name
	 * @return the refusal
	 */
	public static Refusal unknownTarget(String kind, String name) {
		return of(RefusalReason.UNKNOWN_TARGET, "Unknown " + kind + ": " + shown(name));
	}

	/**
	 * Refuse a resource that does not exist for this caller.
	 * @param uri the URI of the resource
	 * @return the refusal
	 */
	public static Refusal unknownResource(String uri) {
		String told = (uri.length() <= URI_LENGTH) ? uri : shown(uri);
		return new Refusal(RefusalReason.UNKNOWN_RESOURCE, "Resource not found", Map.of("uri", told), Map.of());
	}

	/**
	 * Refuse a protocol revision.
	 * @param requested what the client asked for
	 * @return the refusal
	 */
	public static Refusal unsupportedVersion(String requested) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("supported", Revision.newestFirst());
		data.put("requested", shown(requested));
		return new Refusal(RefusalReason.UNSUPPORTED_VERSION, "Unsupported protocol version", data, Map.of());
	}

	/**
	 * Refuse because the client did not declare a capability.
	 * @param capability the name of the capability
	 * @param detail the part of the capability that is missing, may be empty
	 * @return the refusal
	 */
	public static Refusal missingCapability(String capability, String detail) {
		Map<String, Object> required = (detail.isEmpty()) ? Map.of() : Map.of(detail, Map.of());
		return new Refusal(RefusalReason.MISSING_CAPABILITY,
				"This request needs a client that declares the " + capability
						+ ((detail.isEmpty()) ? "" : " (" + detail + ")") + " capability",
				Map.of("requiredCapabilities", Map.of(capability, required)), Map.of());
	}

	/**
	 * Refuse because the server cannot take the call just now.
	 * @param message says what is the matter
	 * @param retryAfter when trying again makes sense
	 * @return the refusal
	 */
	public static Refusal unavailable(String message, Duration retryAfter) {
		long seconds = Math.max(1, retryAfter.toSeconds());
		return new Refusal(RefusalReason.UNAVAILABLE, message, Map.of("retryAfter", seconds),
				Map.of("Retry-After", Long.toString(seconds)));
	}

	/**
	 * Refuse because as many calls as may are running just now.
	 * @param level whose calls are counted together
	 * @param message says what is the matter
	 * @param retryAfter when trying again makes sense
	 * @return the refusal
	 */
	public static Refusal unavailable(String level, String message, Duration retryAfter) {
		long seconds = Math.max(1, retryAfter.toSeconds());
		return new Refusal(RefusalReason.UNAVAILABLE, message, waiting(seconds, level),
				Map.of("Retry-After", Long.toString(seconds)));
	}

	/**
	 * Refuse because the caller asks for too much.
	 * @param level what the limit is for
	 * @param message says what happened
	 * @param retryAfter when trying again makes sense
	 * @return the refusal
	 */
	public static Refusal limited(String level, String message, Duration retryAfter) {
		long seconds = Math.max(1, retryAfter.toSeconds());
		return new Refusal(RefusalReason.LIMITED, message, waiting(seconds, level),
				Map.of("Retry-After", Long.toString(seconds)));
	}

	/**
	 * In this order in all answers of all replicas.
	 */
	private static Map<String, Object> waiting(long seconds, String level) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("retryAfter", seconds);
		data.put("level", level);
		return data;
	}

	/**
	 * Make text from outside fit to be shown: one line, printable, of bounded length.
	 * @param text the text
	 * @return the text without control characters
	 */
	public static String shown(String text) {
		// Half a character would be a message that strict clients cannot read
		boolean between = text.length() <= SHOWN_LENGTH || !Character.isHighSurrogate(text.charAt(SHOWN_LENGTH - 1));
		String cut = StringUtils.truncate(text, (between) ? SHOWN_LENGTH : SHOWN_LENGTH - 1);
		StringBuilder shown = null;
		for (int i = 0; i < cut.length(); i++) {
			if (Character.isISOControl(cut.charAt(i))) {
				shown = (shown != null) ? shown : new StringBuilder(cut);
				shown.setCharAt(i, ' ');
			}
		}
		return (shown != null) ? shown.toString() : cut;
	}

}
