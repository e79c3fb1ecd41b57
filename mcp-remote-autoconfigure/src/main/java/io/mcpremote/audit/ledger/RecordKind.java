// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a record of a chain holds.
 */
enum RecordKind {

	/**
	 * The beginning of a chain or of another file of it.
	 */
	OPEN,

	/**
	 * An event.
	 */
	EVENT,

	/**
	 * A statement of how far the chain has come.
	 */
	CHECKPOINT,

	/**
	 * What a process left unfinished when it died.
	 */
	RECOVERED,

	/**
	 * The last record of a chain, a statement as well.
	 */
	END;

	private final String text = name().toLowerCase(Locale.ROOT);

	String text() {
		return this.text;
	}

	static @Nullable RecordKind of(String text) {
		for (RecordKind kind : values()) {
			if (kind.text.equals(text)) {
				return kind;
			}
		}
		return null;
	}

}
