// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * The statements in the files of a chain.
 *
 * @param chain the chain
 * @param files its files
 */
record FileStatements(String chain, Collection<Path> files) implements HeldStatements {

	@Override
	public void forEach(Action action) throws IOException {
		for (Path file : this.files) {
			try (InputStream input = Files.newInputStream(file)) {
				LineReader reader = new LineReader(input);
				while (reader.next()) {
					Statement statement = (reader.isTerminated()) ? statement(reader) : null;
					if (statement != null) {
						action.accept(statement);
					}
				}
			}
			catch (NoSuchFileException ex) {
				// Retention was faster
			}
		}
	}

	private @Nullable Statement statement(LineReader reader) {
		LedgerLine line = LedgerLine.parse(reader.bytes(), reader.from(), reader.to());
		boolean states = line != null && line.chain().equals(this.chain)
				&& (line.kind() == RecordKind.CHECKPOINT || line.kind() == RecordKind.END);
		Statement statement = (line != null && states) ? Statement.parse(line.data().text()) : null;
		return (statement != null && statement.chain().equals(this.chain)) ? statement : null;
	}

}
