// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Which of the media types of this endpoint a client accepts.
 *
 * @param json whether it accepts {@code application/json}
 * @param eventStream whether it accepts {@code text/event-stream}
 */
record Acceptance(boolean json, boolean eventStream) {

	private static final Acceptance BOTH = new Acceptance(true, true);

	private static final Acceptance NEITHER = new Acceptance(false, false);

	static Acceptance of(HttpServletRequest request) {
		String accept = request.getHeader("Accept");
		if (accept == null || "application/json, text/event-stream".equals(accept)
				|| "text/event-stream, application/json".equals(accept)) {
			return BOTH;
		}
		List<String> all = Collections.list(request.getHeaders("Accept"));
		try {
			List<MediaType> ranges = MediaType.parseMediaTypes(String.join(",", all));
			return new Acceptance(accepts(ranges, MediaType.APPLICATION_JSON),
					accepts(ranges, MediaType.TEXT_EVENT_STREAM));
		}
		catch (InvalidMediaTypeException ex) {
			return NEITHER;
		}
	}

	boolean nothing() {
		return !this.json && !this.eventStream;
	}

	private static boolean accepts(List<MediaType> ranges, MediaType type) {
		// The most specific range that covers a type decides, whatever its position
		int specificity = -1;
		boolean accepted = false;
		for (MediaType range : ranges) {
			if (range.includes(type)) {
				int candidate = (range.isWildcardType()) ? 0 : (range.isWildcardSubtype()) ? 1 : 2;
				if (candidate > specificity) {
					specificity = candidate;
					accepted = range.getQualityValue() > 0;
				}
			}
		}
		return accepted;
	}

}
