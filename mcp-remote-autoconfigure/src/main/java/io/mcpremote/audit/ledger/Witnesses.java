// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.mcpremote.audit.ledger.Statement.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Statements that were kept apart from the chains they are about. Of each chain only the
 * last one is needed, since it vouches for all that came before.
 */
final class Witnesses {

	/**
	 * To be told when a ledger vouches for itself alone.
	 */
	static final String NOT_APART = "No checkpoints kept apart from the ledger were looked at. Without them nothing tells"
			+ " whether chains, or the ends of chains, were removed together with their checkpoints";

	private static final int MAX_CHAINS = 100_000;

	private static final int MAX_LEDGERS = 100;

	private final @Nullable String ledger;

	private final LedgerKeys keys;

	private final Findings findings;

	private final boolean strict;

	private final Map<String, Statement> last = new TreeMap<>();

	private final Map<String, Statement> anchors = new HashMap<>();

	private final Map<String, Long> first = new HashMap<>();

	private final Map<String, BitSet> numbers = new TreeMap<>();

	private final Map<String, Finding> unverifiable = new TreeMap<>();

	private final Set<String> others = new TreeSet<>();

	/**
	 * Create a collection.
	 * @param ledger whose statements matter, {@code null} for all
	 * @param keys verify them
	 * @param findings take what is wrong
	 * @param strict whether none may be missing
	 */
	Witnesses(@Nullable String ledger, LedgerKeys keys, Findings findings, boolean strict) {
		this.ledger = ledger;
		this.keys = keys;
		this.findings = findings;
		this.strict = strict;
	}

	/**
	 * Read what is kept apart from chains.
	 * @param checkpoints a directory that has all statements, if there is one
	 * @param exported a file that has some, if there is one
	 */
	static List<Witnesses> read(@Nullable String ledger, LedgerKeys keys, Findings findings, @Nullable Path checkpoints,
			@Nullable Path exported) throws IOException {
		List<Witnesses> witnesses = new ArrayList<>();
		if (checkpoints != null) {
			Witnesses all = new Witnesses(ledger, keys, findings, true);
			all.read(checkpoints);
			witnesses.add(all);
		}
		if (exported != null) {
			Witnesses some = new Witnesses(ledger, keys, findings, false);
			some.read(exported);
			if (some.last.isEmpty()) {
				// Somebody may have put another ledger in place of the one they tell of
				findings.fault(Fault.MISSING, exported.getFileName().toString(), 0, "", -1,
						"there is no checkpoint of this ledger");
			}
			witnesses.add(some);
		}
		return witnesses;
	}

	/**
	 * Look again at what is kept of a chain, which may have gone on since.
	 */
	static List<Witness> readAgain(@Nullable String ledger, LedgerKeys keys, @Nullable Path checkpoints, String chain) {
		try {
			// What is wrong there was found the first time
			Findings ignored = new Findings(() -> true);
			return read(ledger, keys, ignored, checkpoints, null).stream().map((each) -> each.of(chain)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the anchor of a chain that tells of most.
	 */
	static @Nullable Statement anchor(List<Witnesses> witnesses, String chain) {
		return witnesses.stream()
			.map((each) -> each.anchors.get(chain))
			.filter(Objects::nonNull)
			.reduce(Witnesses::later)
			.orElse(null);
	}

	private void read(Path place) throws IOException {
		if (!Files.isDirectory(place)) {
			readFile(place);
			return;
		}
		Set<Path> files = new TreeSet<>(Comparator.comparing(Path::toString));
		try (DirectoryStream<Path> found = Files.newDirectoryStream(place, CheckpointFiles.GLOB)) {
			found.forEach(files::add);
		}
		for (Path file : files) {
			readFile(file);
		}
	}

	private void readFile(Path file) throws IOException {
		String name = file.getFileName().toString();
		if (this.strict && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			this.findings.fault(Fault.FOREIGN, name, 0, "", -1, "is not a regular file");
			return;
		}
		try (InputStream input = Files.newInputStream(file)) {
			LineReader reader = new LineReader(input);
			while (reader.next() && this.findings.goOn()) {
				// What is being written has no end yet
				if (this.strict && !reader.isTerminated() && !reader.isLast()) {
					this.findings.fault(Fault.ALTERED, name, reader.line(), "", -1, "is not a statement");
				}
				else if (reader.isTerminated() || !this.strict) {
					accept(new String(reader.bytes(), reader.from(), reader.to() - reader.from(),
							StandardCharsets.UTF_8), name, reader.line());
				}
			}
		}
	}

	private void accept(String text, String where, long line) {
		Statement statement = (this.strict) ? Statement.parse(text) : Statement.find(text);
		if (statement == null) {
			if (this.strict && !text.endsWith("\"}")) {
				// If it is not what it seems, a number is missing among those of its
				// chain
				this.findings.notice(where + ", line " + line + ": a statement that was not written to its end");
			}
			else if (this.strict) {
				this.findings.fault(Fault.ALTERED, where, line, "", -1, "is not a statement");
			}
			return;
		}
		accept(statement, where, line);
	}

	void accept(Statement statement, String where, long line) {
		if (this.ledger != null && !this.ledger.equals(statement.ledger())) {
			other(statement, where, line);
			return;
		}
		LedgerKeys.Objection objection = this.keys.objection(statement);
		if (objection != null && objection.fault() == Fault.UNVERIFIABLE) {
			if (this.unverifiable.size() < MAX_CHAINS) {
				this.unverifiable.putIfAbsent(statement.chain(), new Finding(objection.fault(), where, line,
						statement.chain(), statement.seq(), "is a statement that " + objection.message()));
			}
		}
		else if (objection != null) {
			fault(objection.fault(), where, line, statement, "is a statement that " + objection.message());
		}
		else if (statement.kind() == Kind.ANCHOR) {
			this.anchors.merge(statement.chain(), statement, Witnesses::later);
		}
		else if (this.last.size() < MAX_CHAINS || this.last.containsKey(statement.chain())) {
			follow(statement, where, line);
		}
	}

	/**
	 * The name of a ledger is not signed: whoever puts another in its place makes all
	 * that tells of the ledger look as if it told of something else.
	 */
	private void other(Statement statement, String where, long line) {
		if (this.others.size() >= MAX_LEDGERS || !this.others.add(statement.ledger())) {
			return;
		}
		String message = "tells of the ledger " + statement.ledger() + ", while the one looked at is called "
				+ this.ledger;
		if (this.strict) {
			fault(Fault.FOREIGN, where, line, statement,
					message + ": either that one was removed, or two ledgers share a place for checkpoints");
		}
		else {
			this.findings.notice(where + ", line " + line + ": " + message);
		}
	}

	/**
	 * Say what is not there, and what could not be verified for want of a key. That is no
	 * fault of chains of which nothing is left, since keys need not be kept for longer.
	 * @param kept the chains that have records
	 */
	void settle(Set<String> kept) {
		this.numbers.forEach((chain, numbers) -> {
			int missing = numbers.nextClearBit(numbers.nextSetBit(0));
			if (missing < numbers.length()) {
				this.findings.fault(Fault.MISSING, "checkpoints", 0, chain, -1, "statement " + missing
						+ " of the chain is not among those kept elsewhere, though later ones are");
			}
		});
		this.unverifiable.forEach((chain, finding) -> {
			if (kept.contains(chain)) {
				this.findings.fault(finding.fault(), finding.where(), finding.line(), chain, finding.seq(),
						finding.message());
			}
			else {
				this.findings.notice(finding.where() + ", line " + finding.line() + ": " + finding.message()
						+ "; the chain " + chain + " has no records any more");
			}
		});
	}

	private void follow(Statement statement, String where, long line) {
		Statement before = this.last.get(statement.chain());
		if (before != null && (statement.number() == before.number() || statement.seq() == before.seq())
				&& !statement.signed().equals(before.signed())) {
			fault(Fault.ALTERED, where, line, statement,
					"contradicts another statement, which has the same number or speaks of the same record: the chain"
							+ " was cut and went on from there");
			return;
		}
		this.first.merge(statement.chain(), statement.number(), Math::min);
		if (this.strict && statement.number() < Integer.MAX_VALUE) {
			this.numbers.computeIfAbsent(statement.chain(), (chain) -> new BitSet()).set((int) statement.number());
		}
		this.last.merge(statement.chain(), statement, Witnesses::later);
	}

	private static Statement later(Statement first, Statement second) {
		return (second.seq() >= first.seq()) ? second : first;
	}

	Witness of(String chain) {
		return new Witness(this.last.get(chain), this.strict, this.first.getOrDefault(chain, 0L));
	}

	Set<String> chains() {
		return this.last.keySet();
	}

	private void fault(Fault fault, String where, long line, Statement statement, String message) {
		this.findings.fault(fault, where, line, statement.chain(), statement.seq(), message);
	}

}
