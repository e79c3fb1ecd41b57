// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.file.Path;
import java.util.List;

import io.mcpremote.audit.AbstractAuditSinkTests;
import io.mcpremote.audit.AuditSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sink of files, as any other.
 */
class FileAuditSinkContractTests extends AbstractAuditSinkTests {

	@TempDir
	private Path directory;

	private FileAuditSink sink;

	@BeforeEach
	void open() {
		this.sink = new LedgerFixture().sink(this.directory);
	}

	@AfterEach
	void closeThenIntact() {
		this.sink.close();
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.intact()).as(report.text()).isTrue();
	}

	@Override
	protected AuditSink sink() {
		return this.sink;
	}

	@Override
	protected List<String> kept() {
		return LedgerFixture.ids(this.directory);
	}

}
