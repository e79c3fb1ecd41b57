// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.Set;

/**
 * A caller was told which scopes a call needs, or came back with them. Published as an
 * event of the application.
 *
 * @param step which of the two
 * @param call the call
 * @param target what was called, as it is listed: of a family of resources the template
 * @param scopes the scopes that the call needs
 * @since 0.1.0
 */
public record ScopeElevation(Step step, McpCall call, String target, Set<String> scopes) {

	/**
	 * How far an elevation has come.
	 */
	public enum Step {

		/**
		 * The call was refused and its caller told what it takes.
		 */
		ASKED,

		/**
		 * The same caller has made the same call with what it takes.
		 */
		GRANTED

	}

}
