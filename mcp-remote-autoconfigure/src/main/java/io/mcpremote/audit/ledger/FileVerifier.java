// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;

import org.jspecify.annotations.Nullable;

/**
 * Verifies the chains of a directory, or a single file. Writes nothing.
 */
final class FileVerifier {

	private final LedgerKeys keys;

	private final String process;

	FileVerifier(LedgerKeys keys, String process) {
		this.keys = keys;
		this.process = process;
	}

	/**
	 * Verify all chains of a directory.
	 * @param path the directory
	 * @param checkpoints the directory where all statements are kept, if there is one
	 * @param exported a file with some of the statements, if there is one
	 * @param mayGoOn whether there is time for more
	 */
	VerificationReport verify(Path path, @Nullable Path checkpoints, @Nullable Path exported, BooleanSupplier mayGoOn)
			throws IOException {
		return verify(path, checkpoints, exported, "", mayGoOn);
	}

	/**
	 * Verify all chains of a directory.
	 * @param path the directory
	 * @param checkpoints the directory where all statements are kept, if there is one
	 * @param exported a file with some of the statements, if there is one
	 * @param own the chain that this process writes, whose lock is lost if it is looked
	 * at
	 * @param mayGoOn whether there is time for more
	 */
	VerificationReport verify(Path path, @Nullable Path checkpoints, @Nullable Path exported, String own,
			BooleanSupplier mayGoOn) throws IOException {
		Findings findings = new Findings(mayGoOn);
		LedgerDirectory directory = new LedgerDirectory(path);
		String ledger = directory.id();
		// What elsewhere tells comes first: meanwhile the chains grow
		List<Witnesses> witnesses = Witnesses.read(ledger, this.keys, findings, checkpoints, exported);
		SortedMap<String, SortedMap<Integer, Path>> chains = directory.chains();
		if (ledger == null && !(chains.isEmpty() && witnesses.stream().allMatch((kept) -> kept.chains().isEmpty()))) {
			findings.fault(Fault.MISSING, "audit-ledger.id", 0, "", -1,
					"the name of the ledger, without which it cannot be told whose checkpoints are whose");
		}
		witnesses.forEach((kept) -> kept.settle(chains.keySet()));
		directory.strangers()
			.forEach((name) -> findings.notice(name + " is not what a file of a ledger is, and was not looked at"));
		if (exported == null && (checkpoints == null || checkpoints.equals(path))) {
			findings.notice(Witnesses.NOT_APART);
		}
		TreeSet<String> names = new TreeSet<>(chains.keySet());
		witnesses.forEach((kept) -> names.addAll(kept.chains()));
		names.addAll(directory.chainsWith("anchor"));
		for (String chain : names) {
			if (findings.isComplete()) {
				verify(directory, ledger, chain, chains.getOrDefault(chain, new TreeMap<>()), chain.equals(own),
						checkpoints, witnesses, findings);
			}
		}
		if (names.isEmpty()) {
			findings.fault(Fault.MISSING, path.toString(), 0, "", -1, "there is no audit ledger");
		}
		return findings.report(path.toString());
	}

	/**
	 * Verify one file.
	 */
	VerificationReport verifyFile(Path file, BooleanSupplier mayGoOn) throws IOException {
		Findings findings = new Findings(mayGoOn);
		Matcher name = LedgerDirectory.name(file);
		LedgerLine first = FileEnds.firstLine(file);
		OpenData open = FileEnds.first(file);
		String chain = (name.matches()) ? name.group(1) : (first != null) ? first.chain() : "";
		int number = (name.matches()) ? Integer.parseInt(name.group(2)) : (open != null) ? open.file() : 1;
		alone(chain, null, file, number, true, findings);
		findings.chain();
		findings.notice("Only this file was looked at, and nothing tells whether its end was cut off"
				+ " or what stood before it");
		return findings.report(file.toString());
	}

	private void verify(LedgerDirectory directory, @Nullable String ledger, String chain,
			SortedMap<Integer, Path> files, boolean own, @Nullable Path checkpoints, List<Witnesses> kept,
			Findings findings) throws IOException {
		findings.chain();
		Statement anchor = anchor(directory, chain, !files.isEmpty(), kept, findings);
		List<Witness> witnesses = kept.stream().map((each) -> each.of(chain)).toList();
		SortedMap<Integer, Path> remaining = remaining(chain, ledger, files, anchor, findings);
		if (remaining.isEmpty()) {
			if (witnesses.stream().anyMatch((witness) -> witness.isBeyond(anchor))) {
				findings.fault(Fault.CUT, directory.path().toString(), 0, chain, 0,
						"all files of the chain are missing, and not by retention");
			}
			return;
		}
		OpenData open = FileEnds.first(LedgerDirectory.first(files));
		boolean live = own || (open != null && open.process().equals(this.process))
				|| FileLease.isTaken(directory.lock(chain));
		ChainVerifier verifier = new ChainVerifier(chain, this.keys, findings, ledger, anchor, witnesses);
		for (Map.Entry<Integer, Path> file : remaining.entrySet()) {
			boolean last = file.getKey().equals(files.lastKey());
			try {
				follow(verifier, file.getValue(), file.getKey(), last, live, findings);
			}
			catch (NoSuchFileException ex) {
				findings.fault(Fault.MISSING, file.getValue().getFileName().toString(), 0, chain, -1,
						"the file was deleted while it was looked at; if that was retention, verify again");
				return;
			}
			if (!findings.isComplete()) {
				return;
			}
		}
		verifier.finish(live, () -> Witnesses.readAgain(ledger, this.keys, checkpoints, chain));
	}

	private @Nullable Statement anchor(LedgerDirectory directory, String chain, boolean needed, List<Witnesses> kept,
			Findings findings) throws IOException {
		Statement elsewhere = Witnesses.anchor(kept, chain);
		Path file = directory.anchor(chain);
		if (!LedgerDirectory.isFile(file)) {
			if (elsewhere != null && needed) {
				findings.fault(Fault.MISSING, file.getFileName().toString(), 0, chain, elsewhere.seq(),
						"the anchor of the chain, of which there is a copy elsewhere");
			}
			return elsewhere;
		}
		Statement anchor = directory.readAnchor(chain);
		String name = file.getFileName().toString();
		if (anchor == null || anchor.kind() != Statement.Kind.ANCHOR || !anchor.chain().equals(chain)) {
			findings.fault(Fault.ALTERED, name, 1, chain, -1, "is not an anchor of this chain");
			return elsewhere;
		}
		LedgerKeys.Objection objection = this.keys.objection(anchor);
		if (objection != null && objection.fault() == Fault.UNVERIFIABLE && !needed) {
			findings.notice(name + ": " + objection.message() + "; the chain has no records any more");
			return elsewhere;
		}
		if (objection != null) {
			findings.fault(objection.fault(), name, 1, chain, anchor.seq(), objection.message());
			return elsewhere;
		}
		return (elsewhere != null && elsewhere.seq() > anchor.seq()) ? elsewhere : anchor;
	}

	/**
	 * Return the files without those that were about to be deleted, and with an anchor
	 * left in place of them. Those must be genuine all the same.
	 */
	private SortedMap<Integer, Path> remaining(String chain, @Nullable String ledger, SortedMap<Integer, Path> files,
			@Nullable Statement anchor, Findings findings) throws IOException {
		if (anchor == null) {
			return files;
		}
		for (Map.Entry<Integer, Path> file : files.entrySet()) {
			LedgerLine first = FileEnds.firstLine(file.getValue());
			if (first == null || first.seq() > anchor.seq()) {
				return files.tailMap(file.getKey());
			}
			findings.notice(file.getValue().getFileName() + " was about to be deleted by retention");
			try {
				alone(chain, ledger, file.getValue(), file.getKey(), false, findings);
			}
			catch (NoSuchFileException ex) {
				// Now it has been
			}
		}
		return new TreeMap<>();
	}

	/**
	 * Verify a file without those before and after it.
	 */
	private void alone(String chain, @Nullable String ledger, Path file, int number, boolean last, Findings findings)
			throws IOException {
		LedgerLine first = FileEnds.firstLine(file);
		OpenData open = FileEnds.first(file);
		Statement before = (first != null && open != null) ? new Statement(Statement.Kind.ANCHOR, "", chain, 0,
				first.seq() - 1, open.mac(), 0, "", Instant.EPOCH, "", "", "", "") : null;
		ChainVerifier verifier = new ChainVerifier(chain, this.keys, findings, ledger, before, List.of());
		follow(verifier, file, number, last, last, findings);
	}

	private static void follow(ChainVerifier verifier, Path file, int number, boolean last, boolean live,
			Findings findings) throws IOException {
		String name = file.getFileName().toString();
		verifier.section(name, number);
		try (InputStream input = Files.newInputStream(file)) {
			LineReader reader = new LineReader(input);
			boolean more = true;
			while (more && reader.next()) {
				if (reader.isTerminated()) {
					more = verifier.accept(reader.bytes(), reader.from(), reader.to(), reader.line());
				}
				else if (!last || !reader.isLast() || verifier.isEnded()) {
					more = verifier.damaged(reader.line(), "has no end");
				}
				else if (!live) {
					findings.notice(name + ", line " + reader.line() + ": a record that was not written to its end");
				}
			}
		}
	}

}
