// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

import io.mcpremote.call.StartupException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Verifies audit records, shows the report and ends the application, before any of it has
 * begun to work.
 */
final class AuditVerifyCommand implements SmartInitializingSingleton {

	private static final BooleanSupplier WITHOUT_LIMIT = () -> true;

	private final LedgerKeys keys;

	private final String where;

	private final @Nullable String checkpoints;

	private final @Nullable String exported;

	private final ObjectProvider<JdbcLedger> ledger;

	private final PrintStream output;

	private final IntConsumer exit;

	/**
	 * Create the command.
	 * @param keys the keys
	 * @param where a directory, a file or {@code jdbc}
	 * @param checkpoints where all checkpoints are kept, if that is configured
	 * @param exported a file with some of the checkpoints, such as a log
	 * @param ledger the table
	 * @param output where the report is shown
	 * @param exit ends the process
	 */
	AuditVerifyCommand(LedgerKeys keys, String where, @Nullable String checkpoints, @Nullable String exported,
			ObjectProvider<JdbcLedger> ledger, PrintStream output, IntConsumer exit) {
		this.keys = keys;
		this.where = where;
		this.checkpoints = checkpoints;
		this.exported = exported;
		this.ledger = ledger;
		this.output = output;
		this.exit = exit;
	}

	@Override
	public void afterSingletonsInstantiated() {
		VerificationReport report;
		try {
			report = verify();
		}
		catch (IOException ex) {
			throw new StartupException(
					"The audit records of " + this.where + " (" + AuditVerifyEnvironmentPostProcessor.VERIFY
							+ ") cannot be read: " + ex.getClass().getSimpleName() + ": " + ex.getMessage(),
					"Name a directory of audit records, one file of it, or 'jdbc', and let this user read it.", ex);
		}
		this.output.print(report.text());
		this.output.flush();
		this.exit.accept((report.intact()) ? 0 : 1);
	}

	private VerificationReport verify() throws IOException {
		boolean table = this.where.equals(AuditVerifyEnvironmentPostProcessor.JDBC);
		Path kept = (this.checkpoints != null) ? existing(this.checkpoints + ((table) ? "/jdbc" : "")) : null;
		Path some = (this.exported != null) ? existing(this.exported) : null;
		if (table) {
			return new JdbcVerifier(this.ledger.getObject(), this.keys, Clock.systemUTC()).verify(kept, some, "",
					WITHOUT_LIMIT);
		}
		Path path = existing(this.where);
		FileVerifier verifier = new FileVerifier(this.keys);
		if (Files.isDirectory(path)) {
			return verifier.verify(path, (kept != null) ? kept : path, some, WITHOUT_LIMIT);
		}
		return verifier.verifyFile(path, WITHOUT_LIMIT);
	}

	private static Path existing(String name) throws IOException {
		return Path.of(name).toRealPath();
	}

}
