// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Verifies the chains of a table, some rows at a time. Writes nothing.
 */
final class JdbcVerifier {

	private static final int AT_ONCE = 500;

	private static final int MANY = 1000;

	/**
	 * Even an idle process begins another section each day.
	 */
	private static final Duration SILENT = Duration.ofDays(2);

	private final JdbcLedger ledger;

	private final JdbcEvents events;

	private final LedgerKeys keys;

	private final Clock clock;

	private final EventColumns columns = new EventColumns();

	JdbcVerifier(JdbcLedger ledger, LedgerKeys keys, Clock clock) {
		this.ledger = ledger;
		this.events = ledger.events();
		this.keys = keys;
		this.clock = clock;
	}

	/**
	 * Verify all chains.
	 * @param checkpoints a directory where all statements are kept as well, if there is
	 * one
	 * @param exported a file with some of the statements, if there is one
	 * @param own the chain that this process writes
	 * @param mayGoOn whether there is time for more
	 */
	VerificationReport verify(@Nullable Path checkpoints, @Nullable Path exported, String own, BooleanSupplier mayGoOn)
			throws IOException {
		Findings findings = new Findings(mayGoOn);
		String id = this.ledger.statements().id();
		List<Witnesses> kept = new ArrayList<>(WitnessReader.read(id, this.keys, findings, checkpoints, exported));
		Witnesses table = new Witnesses(id, this.keys, findings, true);
		this.ledger.statements().forEach((stored) -> {
			Statement statement = stored.statement();
			if (statement == null) {
				findings.fault(Fault.ALTERED, JdbcStatements.TABLE, 0, stored.chain(), stored.seq(),
						"is not a statement, or not the one that its columns tell");
			}
			else {
				table.accept(statement, JdbcStatements.TABLE, 0);
			}
			return findings.goOn();
		});
		TreeSet<String> chains = new TreeSet<>(this.events.chains());
		kept.forEach((witnesses) -> witnesses.settle(chains));
		table.settle(chains);
		if (kept.isEmpty()) {
			findings.notice(Witnesses.NOT_APART);
		}
		kept.add(table);
		if (id == null && !(chains.isEmpty() && table.chains().isEmpty())) {
			findings.fault(Fault.MISSING, JdbcStatements.TABLE, 0, "", -1,
					"the name of the ledger, without which it cannot be told whose checkpoints are whose");
		}
		kept.forEach((witnesses) -> chains.addAll(witnesses.chains()));
		LateCheckpoints late = new LateCheckpoints(id, this.keys, checkpoints);
		for (String chain : chains) {
			if (findings.isComplete()) {
				verify(id, chain, chain.equals(own), kept, late, findings);
			}
		}
		late.settle(findings);
		if (chains.isEmpty()) {
			findings.fault(Fault.MISSING, JdbcEvents.TABLE, 0, "", -1, "there is no audit ledger");
		}
		return findings.report("jdbc");
	}

	private void verify(@Nullable String id, String chain, boolean live, List<Witnesses> kept, LateCheckpoints late,
			Findings findings) {
		findings.chain();
		Statement anchor = Witnesses.anchor(kept, chain);
		List<Witness> witnesses = kept.stream().map((each) -> each.of(chain)).toList();
		ChainVerifier verifier = new ChainVerifier(chain, this.keys, findings, id, anchor, witnesses);
		long anchored = (anchor != null) ? anchor.seq() : -1;
		long after = anchored;
		int below = this.events.count(chain, anchored, MANY);
		int section = 0;
		boolean any = false;
		List<StoredRecord> rows = this.events.rows(chain, after, AT_ONCE);
		while (!rows.isEmpty()) {
			any = true;
			for (StoredRecord row : rows) {
				if (row.section() != section) {
					section = row.section();
					verifier.section(JdbcEvents.TABLE, section);
				}
				if (!accept(verifier, row, chain, findings)) {
					return;
				}
				after = row.seq();
			}
			rows = this.events.rows(chain, after, AT_ONCE);
		}
		if (any) {
			// Whether another process still writes cannot be told, but its statements are
			// always there
			boolean unfinished = !live && !verifier.isEnded();
			verifier.finish(live || unfinished, late::add);
			if (unfinished) {
				unfinished(verifier, chain, after, witnesses.subList(0, witnesses.size() - 1), findings);
			}
			long statements = verifier.statements();
			if (statements >= 0 && statements != this.ledger.statements().count(chain, anchored, after)) {
				findings.fault(Fault.MISSING, JdbcStatements.TABLE, 0, chain, -1,
						"not all statements of the chain are there");
			}
		}
		else if (witnesses.stream().anyMatch((witness) -> witness.isBeyond(anchor))) {
			findings.fault(Fault.CUT, JdbcEvents.TABLE, 0, chain, 0,
					"all records of the chain are missing, and not by retention");
		}
		// What retention is deleting while it is looked at is gone by now
		below = Math.min(below, this.events.count(chain, anchored, MANY));
		if (below > 0) {
			findings.fault(Fault.ALTERED, JdbcEvents.TABLE, 0, chain, -1, below + ((below < MANY) ? "" : " or more")
					+ " records up to number " + anchored
					+ " stand where there can be none. If retention was interrupted, its next run deletes them");
		}
	}

	/**
	 * Whether another process still writes cannot be told, nor whether it died or
	 * somebody cut off the rest in both tables.
	 * @param apart what is kept elsewhere than in the database
	 */
	private void unfinished(ChainVerifier verifier, String chain, long last, List<Witness> apart, Findings findings) {
		String message = "has no end after record " + last;
		if (apart.stream().anyMatch((witness) -> witness.last() != null)) {
			findings.notice("The chain " + chain + ' ' + message
					+ ", and what came after its last checkpoint is not vouched for elsewhere");
		}
		else if (isSilent(verifier.time())) {
			findings.fault(Fault.UNFINISHED, JdbcEvents.TABLE, 0, chain, last,
					"is the last one though the chain has no end: either its process was killed, or the rest was cut"
							+ " off, which only checkpoints kept elsewhere can tell");
		}
		else {
			findings.notice("The chain " + chain + ' ' + message
					+ ": another process writes it, or was killed, or the rest was cut off");
		}
	}

	private boolean isSilent(String time) {
		try {
			return Instant.parse(time).isBefore(this.clock.instant().minus(SILENT));
		}
		catch (DateTimeParseException ex) {
			return true;
		}
	}

	private boolean accept(ChainVerifier verifier, StoredRecord row, String chain, Findings findings) {
		byte[] bytes = row.text().getBytes(StandardCharsets.UTF_8);
		LedgerLine line = LedgerLine.parse(bytes, 0, bytes.length);
		if (line != null && (line.seq() != row.seq() || !this.columns.of(line).equals(row.columns()))) {
			findings.fault(Fault.ALTERED, JdbcEvents.TABLE, 0, chain, row.seq(),
					"has columns that do not follow from its record");
		}
		return verifier.accept(bytes, 0, bytes.length, 0);
	}

}
