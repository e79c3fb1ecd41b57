// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Verifies what is in single files.
 */
final class FileCheck {

	private final LedgerKeys keys;

	private final Findings findings;

	FileCheck(LedgerKeys keys, Findings findings) {
		this.keys = keys;
		this.findings = findings;
	}

	/**
	 * Verify a file without those before and after it.
	 * @param ledger the name of the ledger, {@code null} if that is not known
	 * @param last whether the end of the file may not have been written
	 */
	void alone(String chain, @Nullable String ledger, Path file, int number, boolean last) throws IOException {
		LedgerLine first = FileEnds.firstLine(file);
		OpenData open = FileEnds.first(file);
		Statement before = (first != null && open != null) ? new Statement(Statement.Kind.ANCHOR, "", chain, 0,
				first.seq() - 1, open.mac(), 0, "", Instant.EPOCH, "", "", "", "") : null;
		ChainVerifier verifier = new ChainVerifier(chain, this.keys, this.findings, ledger, before, List.of());
		follow(verifier, file, number, last, last);
	}

	/**
	 * Verify a file as one of its chain.
	 * @param last whether it is the last one
	 * @param live whether somebody is writing it
	 */
	void follow(ChainVerifier verifier, Path file, int number, boolean last, boolean live) throws IOException {
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
					this.findings
						.notice(name + ", line " + reader.line() + ": a record that was not written to its end");
				}
			}
		}
	}

}
