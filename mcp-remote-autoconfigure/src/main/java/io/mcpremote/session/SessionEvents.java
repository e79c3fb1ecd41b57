// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import io.mcpremote.call.Caller;
import io.mcpremote.call.ClientInfo;
import io.mcpremote.call.SessionEnded;
import io.mcpremote.call.SessionStarted;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the application of the beginning and the end of sessions.
 */
final class SessionEvents {

	private static final Log logger = LogFactory.getLog(SessionEvents.class);

	private final ApplicationEventPublisher events;

	SessionEvents(ApplicationEventPublisher events) {
		this.events = events;
	}

	void started(SessionRecord session, Caller caller) {
		publish(new SessionStarted(session.id(), caller, session.protocolVersion(),
				new ClientInfo(text(session.clientInfo().get("name")), text(session.clientInfo().get("version")))));
	}

	void ended(SessionRecord session, SessionEnded.Reason reason) {
		publish(new SessionEnded(session.id(), session.owner(), reason));
	}

	private void publish(Object event) {
		try {
			this.events.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed to hear of a session", ex);
		}
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text) ? text : null;
	}

}
