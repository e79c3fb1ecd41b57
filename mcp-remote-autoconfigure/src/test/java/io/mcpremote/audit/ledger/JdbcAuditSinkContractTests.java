// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;

import javax.sql.DataSource;

import io.mcpremote.audit.AbstractAuditSinkTests;
import io.mcpremote.audit.AuditSink;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sink of a table, as any other.
 */
class JdbcAuditSinkContractTests extends AbstractAuditSinkTests {

	private final DataSource source = platform().create();

	private final JdbcAuditSink sink = new TestLedgerDatabase().sink(this.source, new MutableClock());

	LedgerPlatform platform() {
		return LedgerPlatform.H2;
	}

	@BeforeEach
	void begin() {
		this.sink.begin();
	}

	@AfterEach
	void closeThenIntact() {
		this.sink.close();
		VerificationReport report = TestLedgerDatabase.verify(this.source);
		assertThat(report.intact()).as(report.text()).isTrue();
	}

	@Override
	protected AuditSink sink() {
		return this.sink;
	}

	@Override
	protected List<String> kept() {
		return new JdbcTemplate(this.source).queryForList(
				"select event_id from mcp_remote_audit_event where kind = 'event' order by seq", String.class);
	}

}
