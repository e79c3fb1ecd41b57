// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.Locale;
import java.util.Map;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import org.jspecify.annotations.Nullable;

/**
 * Writes audit events as JSON, each on one line. What is not known is left out. The same
 * event is always written alike.
 *
 * @since 0.1.0
 */
public final class AuditEventJson {

	private static final int USUAL_LENGTH = 640;

	private AuditEventJson() {
	}

	/**
	 * Return an event as JSON.
	 * @param event the event
	 * @return a JSON object without line breaks, all of whose characters exist in UTF-8
	 */
	public static String write(AuditEvent event) {
		StringBuilder out = new StringBuilder(USUAL_LENGTH);
		write(event, out);
		return out.toString();
	}

	/**
	 * Append an event as JSON.
	 * @param event the event
	 * @param out where it is appended
	 */
	public static void write(AuditEvent event, StringBuilder out) {
		out.append('{');
		JsonText.member(out, "id", event.id());
		JsonText.member(out, "time", event.time().toString());
		JsonText.member(out, "type", event.type().name().toLowerCase(Locale.ROOT));
		actor(event.actor(), out);
		client(event.client(), out);
		if (event.action() != null) {
			action(event.action(), out);
		}
		if (event.ending() != null) {
			ending(event.ending(), out);
		}
		if (!event.details().isEmpty()) {
			JsonText.name(out, "details");
			out.append('{');
			event.details()
				.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByKey())
				.forEach((detail) -> JsonText.member(out, detail.getKey(), detail.getValue()));
			out.append('}');
		}
		out.append('}');
	}

	private static void actor(Actor actor, StringBuilder out) {
		int start = begin("actor", out);
		JsonText.member(out, "subject", actor.subject());
		JsonText.member(out, "issuer", actor.issuer());
		JsonText.member(out, "clientId", actor.clientId());
		JsonText.member(out, "tenant", actor.tenant());
		JsonText.member(out, "address", actor.address());
		end(start, out);
	}

	private static void client(Client client, StringBuilder out) {
		int start = begin("client", out);
		JsonText.member(out, "claimedName", client.claimedName());
		JsonText.member(out, "claimedVersion", client.claimedVersion());
		JsonText.member(out, "era", client.era());
		JsonText.member(out, "protocol", client.protocol());
		JsonText.member(out, "session", client.session());
		end(start, out);
	}

	private static void action(Action action, StringBuilder out) {
		int start = begin("action", out);
		JsonText.member(out, "method", action.method());
		JsonText.member(out, "target", action.target());
		JsonText.member(out, "version", action.version());
		arguments(action.arguments(), out);
		JsonText.member(out, "traceId", action.traceId());
		end(start, out);
	}

	/**
	 * Arguments are JSON already. What cannot be, because it would end the line, is
	 * written as text.
	 */
	private static void arguments(@Nullable String arguments, StringBuilder out) {
		if (arguments == null) {
			return;
		}
		JsonText.name(out, "arguments");
		boolean json = (arguments.startsWith("{") && arguments.endsWith("}"))
				|| (arguments.startsWith("[") && arguments.endsWith("]"));
		if (json && arguments.chars().allMatch((c) -> c >= 0x20)) {
			out.append(arguments);
		}
		else {
			JsonText.quote(out, arguments);
		}
	}

	private static void ending(Ending ending, StringBuilder out) {
		int start = begin("ending", out);
		JsonText.member(out, "outcome", ending.outcome());
		JsonText.member(out, "stage", ending.stage());
		JsonText.member(out, "reason", ending.reason());
		JsonText.member(out, "error", ending.error());
		JsonText.name(out, "durationMicros");
		out.append(ending.duration().toNanos() / 1000);
		if (ending.size() != null) {
			JsonText.name(out, "size");
			out.append(ending.size().longValue());
		}
		JsonText.name(out, "cached");
		out.append(ending.cached());
		JsonText.member(out, "confirmation", ending.confirmation());
		end(start, out);
	}

	private static int begin(String name, StringBuilder out) {
		int start = out.length();
		JsonText.name(out, name);
		out.append('{');
		return start;
	}

	/**
	 * Close an object, or take it away if there is nothing in it.
	 */
	private static void end(int start, StringBuilder out) {
		if (out.charAt(out.length() - 1) == '{') {
			out.setLength(start);
		}
		else {
			out.append('}');
		}
	}

}
