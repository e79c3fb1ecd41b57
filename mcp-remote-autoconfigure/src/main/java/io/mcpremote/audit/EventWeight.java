// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.Map;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much memory an event takes, rather too much than too little: strings of
 * which several events have the same count for each.
 */
final class EventWeight {

	/**
	 * What an event takes without its texts.
	 */
	static final int EMPTY = 512;

	private EventWeight() {
	}

	/**
	 * Return a number of bytes.
	 */
	static int of(AuditEvent event) {
		long characters = length(event.id()) + actor(event.actor()) + client(event.client()) + action(event.action());
		Map<String, String> details = event.details();
		if (!details.isEmpty()) {
			for (Map.Entry<String, String> detail : details.entrySet()) {
				characters += length(detail.getKey()) + length(detail.getValue());
			}
		}
		// No character takes more than two
		return (int) Math.min(Integer.MAX_VALUE, EMPTY + 2 * characters);
	}

	private static long actor(Actor actor) {
		return length(actor.subject()) + length(actor.issuer()) + length(actor.clientId()) + length(actor.tenant())
				+ length(actor.address());
	}

	private static long client(Client client) {
		return length(client.claimedName()) + length(client.claimedVersion()) + length(client.session());
	}

	private static long action(@Nullable Action action) {
		return (action != null) ? length(action.method()) + length(action.target()) + length(action.version())
				+ length(action.arguments()) + length(action.traceId()) : 0;
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

}
