// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.Caller;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the application of requests that were refused before they became calls.
 */
final class RefusalEvents {

	private static final Log logger = LogFactory.getLog(RefusalEvents.class);

	/**
	 * Set on requests whose refusal has been told of by whoever has found out that nobody
	 * vouches for their caller.
	 */
	private static final String TOLD = AuthenticationFailed.class.getName();

	private final ApplicationEventPublisher events;

	RefusalEvents(ApplicationEventPublisher events) {
		this.events = events;
	}

	/**
	 * Tell that a request was refused whose caller is known.
	 * @param method the protocol method, if it was read by then
	 */
	void refused(RefusalReason reason, Caller caller, @Nullable String method) {
		publish(new RequestRefused(reason, caller.address(), caller, (method != null) ? Refusals.shown(method) : null));
	}

	/**
	 * Tell that a request was refused.
	 * @param caller who called, if that is known
	 */
	void refused(RefusalReason reason, HttpServletRequest request, @Nullable Caller caller) {
		if (caller != null) {
			refused(reason, caller, null);
		}
		else if (reason == RefusalReason.FORBIDDEN_ORIGIN || request.getAttribute(TOLD) == null) {
			String address = request.getRemoteAddr();
			publish((reason == RefusalReason.UNAUTHENTICATED) ? new AuthenticationFailed("unauthenticated", address)
					: new RequestRefused(reason, address, null, null));
		}
	}

	private void publish(Object event) {
		try {
			this.events.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed to hear of a refusal", ex);
		}
	}

}
