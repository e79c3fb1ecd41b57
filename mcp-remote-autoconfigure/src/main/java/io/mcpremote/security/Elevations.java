// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ScopeElevation;
import io.mcpremote.call.ScopeElevation.Step;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Follows callers that were told which scopes they need until they come back with them.
 * Remembers a bounded number of them; one that is forgotten is not reported as granted.
 */
final class Elevations {

	private static final Log logger = LogFactory.getLog(Elevations.class);

	private final Map<String, Set<String>> open = new ConcurrentHashMap<>();

	private final ApplicationEventPublisher events;

	private final int maxOpen;

	Elevations(ApplicationEventPublisher events, int maxOpen) {
		this.events = events;
		this.maxOpen = maxOpen;
	}

	/**
	 * Note that a call was refused and its caller told what it takes.
	 */
	void asked(McpCall call, String target, Set<String> scopes) {
		// Reported once, however often the caller tries
		if (this.open.put(key(call, target), scopes) == null) {
			makeRoom();
			report(Step.ASKED, call, target, scopes);
		}
	}

	/**
	 * Note that a call was let pass.
	 */
	void succeeded(McpCall call) {
		if (this.open.isEmpty() || call.target() == null) {
			return;
		}
		Set<String> scopes = this.open.remove(key(call, call.target()));
		if (scopes != null) {
			report(Step.GRANTED, call, call.target(), scopes);
		}
	}

	private void makeRoom() {
		Iterator<String> any = this.open.keySet().iterator();
		while (this.open.size() > this.maxOpen && any.hasNext()) {
			any.next();
			any.remove();
		}
	}

	private void report(Step step, McpCall call, String target, Set<String> scopes) {
		logger.info("Call " + call.id() + ": " + ((step == Step.ASKED) ? "asked for" : "granted with") + " scopes "
				+ scopes + " for " + call.method() + " of '" + Refusals.shown(target) + "' by "
				+ Refusals.shown(String.valueOf(call.caller().subject())));
		try {
			this.events.publishEvent(new ScopeElevation(step, call.id(), call.caller(), call.method(), target, scopes));
		}
		catch (RuntimeException ex) {
			logger.warn("Call " + call.id() + ": a listener failed to hear of an elevation", ex);
		}
	}

	private static String key(McpCall call, String target) {
		return call.method() + ' ' + call.caller().ownerKey() + ' ' + target;
	}

}
