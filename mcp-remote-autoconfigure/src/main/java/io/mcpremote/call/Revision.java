// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A published revision of the Model Context Protocol that this server speaks.
 *
 * @since 0.1.0
 */
public enum Revision {

	/**
	 * Negotiated by old clients; served over Streamable HTTP like its successor.
	 */
	V2024_11_05("2024-11-05"),

	/**
	 * The first revision with Streamable HTTP, and the only one with batches.
	 */
	V2025_03_26("2025-03-26"),

	/**
	 * Added elicitation, structured results and the version header.
	 */
	V2025_06_18("2025-06-18"),

	/**
	 * The last revision with a handshake and sessions.
	 */
	V2025_11_25("2025-11-25"),

	/**
	 * The first revision without a handshake: each request describes itself.
	 */
	V2026_07_28("2026-07-28");

	private static final List<String> NEWEST_FIRST = Stream.of(values())
		.sorted(Comparator.reverseOrder())
		.map(Revision::text)
		.toList();

	private final String text;

	Revision(String text) {
		this.text = text;
	}

	/**
	 * Return the revision as it is written on the wire.
	 * @return the date that names the revision
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return whether requests of this revision carry their own envelope instead of
	 * relying on a handshake.
	 * @return whether this is a revision of the modern era
	 */
	public boolean isModern() {
		return compareTo(V2026_07_28) >= 0;
	}

	/**
	 * Return the newest revision that begins with a handshake.
	 * @return the newest legacy revision
	 */
	public static Revision newestLegacy() {
		return V2025_11_25;
	}

	/**
	 * Return every revision in wire form, newest first.
	 * @return what this server announces and what it names when it refuses a revision
	 */
	public static List<String> newestFirst() {
		return NEWEST_FIRST;
	}

	/**
	 * Find a revision by its wire form.
	 * @param text the date that names the revision, may be {@code null}
	 * @return the revision or {@code null} if this server does not speak it
	 */
	public static @Nullable Revision of(@Nullable String text) {
		if (text != null) {
			for (Revision revision : values()) {
				if (revision.text.equals(text)) {
					return revision;
				}
			}
		}
		return null;
	}

}
