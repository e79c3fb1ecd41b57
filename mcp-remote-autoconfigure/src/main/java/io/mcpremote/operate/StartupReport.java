// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
		line(text, "calls pass",
				Stream.concat(description.guards().stream(), Stream.of("target")).collect(Collectors.joining(" -> ")));
		if (this.policies != null) {
			text.append(this.policies);
		}
		return text.toString();
	}

	private String offered() {
		return Stream.of(TargetKind.values()).map((kind) -> this.catalog.names(kind).size() + " " + switch (kind) {
			case TOOL -> "tools";
			case PROMPT -> "prompts";
			case RESOURCE -> "resources";
			case TEMPLATE -> "templates";
		}).collect(Collectors.joining(", "));
	}

	/**
	 * Return what is kept where, the same places together.
	 */
	private static String stores(Map<String, String> kinds) {
		return kinds.entrySet()
			.stream()
			.collect(Collectors.groupingBy(Map.Entry::getValue, TreeMap::new,
					Collectors.mapping(Map.Entry::getKey, Collectors.joining(", "))))
			.entrySet()
			.stream()
			.map((entry) -> entry.getValue() + " in " + entry.getKey())
			.collect(Collectors.joining("; "));
	}

	private static void line(StringBuilder text, String title, String value) {
		text.append(LINE).append(String.format("%-16s", title)).append(PolicyTable.printable(value));
	}

}
