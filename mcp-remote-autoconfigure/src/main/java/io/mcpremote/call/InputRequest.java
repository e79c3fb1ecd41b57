// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * A question a server puts to a client during a call.
 *
 * @param method one of {@code elicitation/create}, {@code sampling/createMessage} and
 * {@code roots/list}
 * @param params the parameters of that method
 * @since 0.1.0
 */
public record InputRequest(String method, Object params) {

	@Override
	public String toString() {
		return "InputRequest[method=" + this.method + "]";
	}

}
