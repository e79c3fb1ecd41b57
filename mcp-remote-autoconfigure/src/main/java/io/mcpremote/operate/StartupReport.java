// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the log, once, what is served, to whom, and what applies to it. Not before
 * everything has started, since the port may not be known before.
 */
final class StartupReport {

	private static final Log logger = LogFactory.getLog(StartupReport.class);

	private static final String LINE = System.lineSeparator() + "  ";

	private final ServerReport server;

	private final Catalog catalog;

	private final @Nullable PolicyReport policies;

	/**
	 * Create a report.
	 * @param server knows how the server stands
	 * @param catalog knows what is there
	 * @param policies knows what applies to it, {@code null} if nothing does
	 */
	StartupReport(ServerReport server, Catalog catalog, @Nullable PolicyReport policies) {
		this.server = server;
		this.catalog = catalog;
		this.policies = policies;
	}

	void run() {
		if (logger.isInfoEnabled()) {
			logger.info(text());
		}
	}

	private String text() {
		ServerDescription description = this.server.describe();
		ServerDescription.Sessions sessions = description.sessions();
		StringBuilder text = new StringBuilder("Serving MCP at ").append(description.url())
			.append(" (")
			.append(offered())
			.append(')');
		line(text, "server", description.name() + " " + description.version());
		line(text, "revisions", String.join(", ", description.revisions()));
		line(text, "sessions", (sessions.enabled()) ? "up to " + sessions.max() : "none, stateless");
		line(text, "authentication", description.authentication());
		line(text, "stores", stores(description.stores()));
		line(text, "calls pass", String.join(" -> ", description.guards()) + " -> target");
		if (this.policies != null) {
			text.append(this.policies);
		}
		return text.toString();
	}

	private String offered() {
		StringJoiner offered = new StringJoiner(", ");
		for (TargetKind kind : TargetKind.values()) {
			offered.add(this.catalog.names(kind).size() + " " + kind.name().toLowerCase(Locale.ROOT) + "s");
		}
		return offered.toString();
	}

	/**
	 * Return what is kept where, the same places together.
	 */
	private static String stores(Map<String, String> kinds) {
		Map<String, String> places = new TreeMap<>();
		for (Map.Entry<String, String> kind : kinds.entrySet()) {
			String others = places.get(kind.getValue());
			places.put(kind.getValue(), (others != null) ? others + ", " + kind.getKey() : kind.getKey());
		}
		StringJoiner text = new StringJoiner("; ");
		for (Map.Entry<String, String> place : places.entrySet()) {
			text.add(place.getValue() + " in " + place.getKey());
		}
		return text.toString();
	}

	private static void line(StringBuilder text, String title, String value) {
		text.append(LINE).append(String.format("%-16s", title)).append(PolicyTable.printable(value));
	}

}
