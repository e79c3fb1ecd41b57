// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Reads statements that are kept in files, one line at a time.
 */
final class WitnessReader {

	private final Witnesses witnesses;

	private final Findings findings;

	private WitnessReader(Witnesses witnesses, Findings findings) {
		this.witnesses = witnesses;
		this.findings = findings;
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
			new WitnessReader(all, findings).read(checkpoints);
			witnesses.add(all);
		}
		if (exported != null) {
			Witnesses some = new Witnesses(ledger, keys, findings, false);
			new WitnessReader(some, findings).read(exported);
			if (some.isEmpty()) {
				// Somebody may have put another ledger in place of the one they tell of
				findings.fault(Fault.MISSING, exported.getFileName().toString(), 0, "", -1,
						"there is no checkpoint of this ledger");
			}
			witnesses.add(some);
		}
		return witnesses;
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
		boolean strict = this.witnesses.isStrict();
		if (strict && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			this.findings.fault(Fault.FOREIGN, name, 0, "", -1, "is not a regular file");
			return;
		}
		try (InputStream input = Files.newInputStream(file)) {
			LineReader reader = new LineReader(input);
			while (reader.next() && this.findings.goOn()) {
				// What is being written has no end yet
				if (strict && !reader.isTerminated() && !reader.isLast()) {
					this.findings.fault(Fault.ALTERED, name, reader.line(), "", -1, "is not a statement");
				}
				else if (reader.isTerminated() || !strict) {
					accept(new String(reader.bytes(), reader.from(), reader.to() - reader.from(),
							StandardCharsets.UTF_8), name, reader.line());
				}
			}
		}
	}

	private void accept(String text, String where, long line) {
		boolean strict = this.witnesses.isStrict();
		Statement statement = (strict) ? Statement.parse(text) : Statement.find(text);
		if (statement != null) {
			this.witnesses.accept(statement, where, line);
		}
		else if (strict && !text.endsWith("\"}")) {
			// If it is not what it seems, a number is missing among those of its chain
			this.findings.notice(where + ", line " + line + ": a statement that was not written to its end");
		}
		else if (strict) {
			this.findings.fault(Fault.ALTERED, where, line, "", -1, "is not a statement");
		}
	}

}
