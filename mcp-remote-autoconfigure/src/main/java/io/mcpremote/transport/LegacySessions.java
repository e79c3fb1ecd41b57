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
 * The sessions that requests of legacy clients name. Where there are none, no request
 * names one.
 */
final class LegacySessions {

	private final @Nullable Enabled enabled;

	private LegacySessions(@Nullable Enabled enabled) {
		this.enabled = enabled;
	}

	static LegacySessions of(Sessions sessions, McpRemoteSessionProperties properties) {
		return new LegacySessions(new Enabled(sessions, properties));
	}

	static LegacySessions none() {
		return new LegacySessions(null);
	}

	boolean areEnabled() {
		return this.enabled != null;
	}

	boolean areRequired() {
		return this.enabled != null && this.enabled.properties().required();
	}

	int maxSubscriptions() {
		return enabled().properties().maxSubscriptions();
	}

	/**
	 * Return the session that a request names.
	 * @return the session, or {@code null} if it names none or there are none here
	 * @throws RefusedException if the caller has no such session
	 */
	@Nullable SessionRecord of(HttpServletRequest http, Caller caller) throws RefusedException {
		String id = (this.enabled != null) ? http.getHeader(LegacyEra.SESSION_HEADER) : null;
		if (id == null) {
			return null;
		}
		SessionRecord session = all().use(id, caller);
		if (session == null) {
			throw new RefusedException(RefusalReason.UNKNOWN_SESSION, "Session not found: initialize again");
		}
		return session;
	}

	LiveSession live(SessionRecord session) {
		return all().live(session);
	}

	/**
	 * Return what the client of a session said of itself when the session began.
	 */
	ClientProfile client(SessionRecord session) {
		LiveSession live = live(session);
		ClientProfile known = live.attachment(ClientProfile.class);
		return (known != null) ? known
				: live.attach(ClientProfile.class, ClientProfile.of(session.capabilities(), session.clientInfo()));
	}

	Sessions all() {
		return enabled().sessions();
	}

	private Enabled enabled() {
		if (this.enabled == null) {
			throw new IllegalStateException("There are no sessions");
		}
		return this.enabled;
	}

	private record Enabled(Sessions sessions, McpRemoteSessionProperties properties) {

	}

}
