// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * A session is there no longer. Published as an event of the application.
 *
 * @param sessionId the session
 * @param ownerKey the key of the caller whose it was
 * @param reason why it ended
 * @since 0.1.0
 */
public record SessionEnded(String sessionId, String ownerKey, Reason reason) {

	@Override
	public String toString() {
		return "SessionEnded[ownerKey=" + this.ownerKey + ", reason=" + this.reason + "]";
	}

	/**
	 * Why a session ended.
	 */
	public enum Reason {

		/**
		 * Its client has said that it needs it no longer.
		 */
		DELETED,

		/**
		 * Nobody has used it for too long.
		 */
		IDLE,

		/**
		 * It had to make room for a newer one.
		 */
		EVICTED,

		/**
		 * Its owner may not use this server any more.
		 */
		REVOKED

	}

}
