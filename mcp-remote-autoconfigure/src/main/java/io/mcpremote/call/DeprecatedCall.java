// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * Somebody calls a tool that will not be there for good, or is not there any more.
 * Published as an event of the application, once for all rounds of a call.
 *
 * @param callId the id under which the call is found in logs
 * @param caller who called
 * @param tool the tool
 * @param since since which version something else should be used
 * @param removal the first day on which the tool is refused, if that is known
 * @param replacedBy the tool to use instead, if there is one
 * @param removed whether the call was refused, since that day has come
 * @since 0.1.0
 */
public record DeprecatedCall(String callId, Caller caller, String tool, @Nullable String since,
		@Nullable LocalDate removal, @Nullable String replacedBy, boolean removed) {

	/**
	 * The attribute that calls of such tools have, which holds whether the tool has been
	 * removed.
	 */
	public static final String ATTRIBUTE = "lifecycle.removed";

}
