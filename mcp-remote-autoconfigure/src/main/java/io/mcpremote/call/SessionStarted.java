// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * A client has got a session. Published as an event of the application.
 *
 * @param sessionId the session; whoever knows it and its owner can use it
 * @param caller whose it is
 * @param version the protocol version agreed on
 * @param client what the client calls itself
 * @since 0.1.0
 */
public record SessionStarted(String sessionId, Caller caller, String version, ClientInfo client) {

	@Override
	public String toString() {
		return "SessionStarted[caller=" + this.caller + ", version=" + this.version + ", client=" + this.client + "]";
	}

}
