// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import io.mcpremote.call.McpCall;

/**
 * Replaces what an application knows to be secret before it is put on record. Beans of
 * this type are asked in addition to the rules that always apply, about what those leave.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Redactor {

	/**
	 * Replace what must not be on record. Runs on the thread of the call for each text
	 * and number among the arguments, and each variable and parameter of a URI, decoded.
	 * If it throws, a placeholder is recorded.
	 * @param call the call
	 * @param path the names that lead to the value, with dots between them
	 * @param value the value
	 * @return what is recorded, perhaps the value itself
	 */
	String redact(McpCall call, String path, String value);

}
