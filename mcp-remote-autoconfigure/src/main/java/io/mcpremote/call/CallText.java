// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Says in logs which call it is about, without what URIs have of secrets.
 *
 * @since 0.1.0
 */
public final class CallText {

	private CallText() {
	}

	/**
	 * Return the id of a call and what is called.
	 * @param call the call
	 * @return the text, such as {@code Call c-1 (tools/call of 'echo')}
	 */
	public static String of(McpCall call) {
		String target = (call.target() != null) ? " of '" + target(call.target()) + "'" : "";
		return "Call " + call.id() + " (" + Refusals.shown(call.method()) + target + ")";
	}

	/**
	 * Return a target without what URIs have of secrets: who somebody is, and a query.
	 * @param target the name of a tool or prompt, or the URI of a resource
	 * @return one printable line
	 */
	public static String target(String target) {
		int end = 0;
		while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
			end++;
		}
		int authority = target.indexOf("://") + 3;
		int host = target.lastIndexOf('@', end - 1) + 1;
		return Refusals.shown((authority > 2 && host > authority)
				? target.substring(0, authority) + target.substring(host, end) : target.substring(0, end));
	}

}
