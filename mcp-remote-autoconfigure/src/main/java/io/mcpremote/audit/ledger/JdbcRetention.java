// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;

/**
 * Deletes sections that are older than events are kept, and leaves an anchor in place of
 * them.
 */
final class JdbcRetention {

	private static final int AT_ONCE = 5000;

	private final JdbcLedger ledger;

	private final JdbcEvents events;

	private final LedgerKeys keys;

	private final Checkpoints checkpoints;

	private final RetentionTime time;

	private final Log log;

	JdbcRetention(JdbcLedger ledger, LedgerKeys keys, Checkpoints checkpoints, RetentionTime time, Log log) {
		this.ledger = ledger;
		this.events = ledger.events();
		this.keys = keys;
		this.checkpoints = checkpoints;
		this.time = time;
		this.log = log;
	}

	/**
	 * Delete what is too old.
	 * @param own the chain that this process writes
	 */
	void run(String own) throws IOException {
		String id = this.ledger.statements().id();
		if (id == null) {
			return;
		}
		Map<String, Statement> anchors = this.ledger.statements().anchors(this.keys);
		List<String> chains = this.events.chains();
		RetentionTime.Run run = this.time.now(() -> this.events.written(chains));
		for (String chain : chains) {
			try {
				Statement before = anchors.get(chain);
				if (before != null) {
					// Whoever left this may not have come to the end of it
					delete(chain, before.seq());
				}
				delete(id, chain, chain.equals(own), run);
			}
			catch (RuntimeException ex) {
				this.log.warn("What is too old cannot be deleted from the audit chain " + chain, ex);
			}
		}
		anchors.forEach((chain, anchor) -> {
			if (!chains.contains(chain) && run.isForgotten(anchor.time())) {
				this.ledger.statements().deleteAnchor(chain, anchor.seq());
			}
		});
		this.checkpoints.forget(run);
	}

	private void delete(String id, String chain, boolean own, RetentionTime.Run run) {
		LastRecord deleted = null;
		StoredRecord first = this.events.firstAfter(chain, Integer.MIN_VALUE);
		while (first != null) {
			StoredRecord next = this.events.firstAfter(chain, first.section());
			LastRecord last = (own && next == null) ? null : last(chain, this.events.end(chain, first.section()));
			if (last == null || !run.isTooOld(last) || !isGenuine(chain, first, last)) {
				break;
			}
			deleted = last;
			first = next;
		}
		if (deleted == null) {
			return;
		}
		Statement anchor = deleted.anchor(id, run.now(), this.keys);
		try {
			this.ledger.together(() -> {
				this.ledger.statements().insert(anchor);
				return null;
			});
			this.checkpoints.publish(List.of(anchor));
		}
		catch (DuplicateKeyException ex) {
			// Another process is at it, or was and has died
		}
		delete(chain, anchor.seq());
	}

	private void delete(String chain, long through) {
		List<StoredRecord> first = this.events.rows(chain, -1, 1);
		long from = (first.isEmpty()) ? through + 1 : first.get(0).seq();
		for (; from <= through; from += AT_ONCE) {
			this.events.delete(chain, from, Math.min(through, from + AT_ONCE - 1));
		}
		this.ledger.together(() -> {
			this.ledger.statements().delete(chain, through);
			return null;
		});
	}

	private boolean isGenuine(String chain, StoredRecord first, LastRecord last) {
		LedgerLine line = JdbcEvents.parse(first.text());
		OpenData open = (line != null && line.kind() == RecordKind.OPEN) ? OpenData.parse(line.data().text()) : null;
		LedgerKey key = (open != null) ? this.keys.find(open.key()) : null;
		boolean genuine = key != null && last.isGenuine(line, key);
		if (!genuine) {
			this.log.error("Section " + first.section() + " of the audit chain " + chain
					+ " should be deleted, but is not what was written or was chained with a key that is not among the"
					+ " keys. Verify the ledger.");
		}
		return genuine;
	}

	private @Nullable LastRecord last(String chain, long seq) {
		StoredRecord last = this.events.last(chain, seq);
		StoredRecord previous = this.events.last(chain, seq - 1);
		byte[] bytes = (last != null) ? last.text().getBytes(StandardCharsets.UTF_8) : new byte[0];
		LedgerLine line = LedgerLine.parse(bytes, 0, bytes.length);
		return (line != null)
				? new LastRecord(line, (previous != null) ? JdbcEvents.parse(previous.text()) : null, bytes, 0) : null;
	}

}
