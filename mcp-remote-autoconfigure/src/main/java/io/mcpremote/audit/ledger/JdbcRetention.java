// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

	private final LedgerKeys keys;

	private final Checkpoints checkpoints;

	private final Duration retention;

	private final Clock clock;

	private final Log log;

	JdbcRetention(JdbcLedger ledger, LedgerKeys keys, Checkpoints checkpoints, Duration retention, Clock clock,
			Log log) {
		this.ledger = ledger;
		this.keys = keys;
		this.checkpoints = checkpoints;
		this.retention = retention;
		this.clock = clock;
		this.log = log;
	}

	/**
	 * Delete what is too old.
	 * @param own the chain that this process writes
	 */
	void run(String own) {
		String id = this.ledger.id();
		if (id == null) {
			return;
		}
		Map<String, Statement> anchors = anchors();
		List<String> chains = this.ledger.chains();
		for (String chain : chains) {
			try {
				Statement before = anchors.get(chain);
				if (before != null) {
					// Whoever left this may not have come to the end of it
					delete(chain, before.seq());
				}
				delete(id, chain, chain.equals(own));
			}
			catch (RuntimeException ex) {
				this.log.warn("What is too old cannot be deleted from the audit chain " + chain, ex);
			}
		}
		Instant forgotten = this.clock.instant().minus(this.retention.multipliedBy(2)).minus(Duration.ofDays(31));
		anchors.forEach((chain, anchor) -> {
			if (anchor.time().isBefore(forgotten) && !chains.contains(chain)) {
				this.ledger.deleteAnchor(chain, anchor.seq());
			}
		});
	}

	private Map<String, Statement> anchors() {
		Map<String, Statement> anchors = new HashMap<>();
		this.ledger.forEachStatement((stored) -> {
			Statement statement = stored.statement();
			if (statement != null && statement.kind() == Statement.Kind.ANCHOR
					&& this.keys.objection(statement) == null) {
				anchors.put(statement.chain(), statement);
			}
			return true;
		});
		return anchors;
	}

	private void delete(String id, String chain, boolean own) {
		Instant now = this.clock.instant();
		List<long[]> sections = this.ledger.sections(chain);
		int kept = (own) ? 1 : 0;
		LastRecord deleted = null;
		for (long[] section : sections.subList(0, Math.max(0, sections.size() - kept))) {
			LastRecord last = last(chain, section[1]);
			if (last == null || !last.isBefore(now.minus(this.retention)) || !isGenuine(chain, section[0], last)) {
				break;
			}
			deleted = last;
		}
		if (deleted == null) {
			return;
		}
		Statement anchor = deleted.anchor(id, now, this.keys);
		try {
			this.ledger.together(() -> {
				this.ledger.insert(anchor);
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
		List<StoredRecord> first = this.ledger.rows(chain, -1, 1);
		long from = (first.isEmpty()) ? through + 1 : first.get(0).seq();
		for (; from <= through; from += AT_ONCE) {
			this.ledger.delete(chain, from, Math.min(through, from + AT_ONCE - 1));
		}
		this.ledger.together(() -> {
			this.ledger.deleteStatements(chain, through);
			return null;
		});
	}

	private boolean isGenuine(String chain, long section, LastRecord last) {
		OpenData open = open(chain, section);
		LedgerKey key = (open != null) ? this.keys.find(open.key()) : null;
		boolean genuine = key != null && last.isGenuine(key);
		if (!genuine) {
			this.log.error("Section " + section + " of the audit chain " + chain + " should be deleted, but is not what"
					+ " was written or was chained with a key that is not among the keys. Verify the ledger.");
		}
		return genuine;
	}

	private @Nullable OpenData open(String chain, long section) {
		StoredRecord first = this.ledger.first(chain, section);
		LedgerLine line = (first != null) ? JdbcLedger.parse(first.text()) : null;
		return (line != null && line.kind() == RecordKind.OPEN) ? OpenData.parse(line.data().text()) : null;
	}

	private @Nullable LastRecord last(String chain, long seq) {
		StoredRecord last = this.ledger.last(chain, seq);
		StoredRecord previous = this.ledger.last(chain, seq - 1);
		byte[] bytes = (last != null) ? last.text().getBytes(StandardCharsets.UTF_8) : new byte[0];
		LedgerLine line = LedgerLine.parse(bytes, 0, bytes.length);
		return (line != null)
				? new LastRecord(line, (previous != null) ? JdbcLedger.parse(previous.text()) : null, bytes, 0) : null;
	}

}
