// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

	FileVerifier(LedgerKeys keys) {
		this.keys = keys;
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
	 * @param own the chain that this application writes
	 * @param mayGoOn whether there is time for more
	 */
	VerificationReport verify(Path path, @Nullable Path checkpoints, @Nullable Path exported, String own,
			BooleanSupplier mayGoOn) throws IOException {
		Findings findings = new Findings(mayGoOn);
		LedgerDirectory directory = new LedgerDirectory(path);
		String ledger = directory.id();
		// What elsewhere tells comes first: meanwhile the chains grow
		List<Witnesses> witnesses = WitnessReader.read(ledger, this.keys, findings, checkpoints, exported);
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
		LateCheckpoints late = new LateCheckpoints(ledger, this.keys, checkpoints);
		TreeSet<String> names = new TreeSet<>(chains.keySet());
		witnesses.forEach((kept) -> names.addAll(kept.chains()));
		names.addAll(directory.chainsWith("anchor"));
		for (String chain : names) {
			if (findings.isComplete()) {
				verify(directory, ledger, chain, chains.getOrDefault(chain, new TreeMap<>()), chain.equals(own),
						witnesses, late, findings);
			}
		}
		late.settle(findings);
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
		new FileCheck(this.keys, findings).alone(chain, null, file, number, true);
		findings.chain();
		findings.notice("Only this file was looked at, and nothing tells whether its end was cut off"
				+ " or what stood before it");
		return findings.report(file.toString());
	}

	private void verify(LedgerDirectory directory, @Nullable String ledger, String chain,
			SortedMap<Integer, Path> files, boolean own, List<Witnesses> kept, LateCheckpoints late, Findings findings)
			throws IOException {
		findings.chain();
		Statement anchor = new AnchorCheck(directory, this.keys, findings).find(chain, !files.isEmpty(), kept);
		List<Witness> witnesses = kept.stream().map((each) -> each.of(chain)).toList();
		SortedMap<Integer, Path> remaining = remaining(chain, ledger, files, anchor, findings);
		if (remaining.isEmpty()) {
			if (witnesses.stream().anyMatch((witness) -> witness.isBeyond(anchor))) {
				findings.fault(Fault.CUT, directory.path().toString(), 0, chain, 0,
						"all files of the chain are missing, and not by retention");
			}
			return;
		}
		boolean live = own || FileLease.isTaken(directory.lock(chain));
		FileCheck check = new FileCheck(this.keys, findings);
		ChainVerifier verifier = new ChainVerifier(chain, this.keys, findings, ledger, anchor, witnesses);
		for (Map.Entry<Integer, Path> file : remaining.entrySet()) {
			boolean last = file.getKey().equals(files.lastKey());
			try {
				check.follow(verifier, file.getValue(), file.getKey(), last, live);
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
		verifier.finish(live, late::add);
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
				new FileCheck(this.keys, findings).alone(chain, ledger, file.getValue(), file.getKey(), false);
			}
			catch (NoSuchFileException ex) {
				// Now it has been
			}
		}
		return new TreeMap<>();
	}

}
