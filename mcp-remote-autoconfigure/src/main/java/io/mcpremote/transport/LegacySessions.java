// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.Caller;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.session.LiveSession;
import io.mcpremote.session.McpRemoteSessionProperties;
import io.mcpremote.session.SessionRecord;
import io.mcpremote.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that requests of legacy clients name.
 */
final class LegacySessions {

	private final Sessions sessions;

	private final McpRemoteSessionProperties properties;

	LegacySessions(Sessions sessions, McpRemoteSessionProperties properties) {
		this.sessions = sessions;
		this.properties = properties;
	}

	boolean areEnabled() {
		return this.properties.enabled();
	}

	boolean areRequired() {
		return this.properties.enabled() && this.properties.required();
	}

	int maxSubscriptions() {
		return this.properties.maxSubscriptions();
	}

	/**
	 * Return the session that a request names.
	 * @return the session, or {@code null} if it names none or there are none here
	 * @throws RefusedException if the caller has no such session
	 */
	@Nullable SessionRecord of(HttpServletRequest http, Caller caller) throws RefusedException {
		String id = (this.properties.enabled()) ? http.getHeader(LegacyEra.SESSION_HEADER) : null;
		if (id == null) {
			return null;
		}
		SessionRecord session = this.sessions.use(id, caller);
		if (session == null) {
			throw new RefusedException(RefusalReason.UNKNOWN_SESSION, "Session not found: initialize again");
		}
		return session;
	}

	LiveSession live(SessionRecord session) {
		return this.sessions.live(session);
	}

	/**
	 * Return what the client of a session said of itself when the session began.
	 */
	ClientProfile client(SessionRecord session) {
		LiveSession live = this.sessions.live(session);
		ClientProfile known = live.attachment(ClientProfile.class);
		return (known != null) ? known
				: live.attach(ClientProfile.class, ClientProfile.of(session.capabilities(), session.clientInfo()));
	}

	Sessions all() {
		return this.sessions;
	}

}
