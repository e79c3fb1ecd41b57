// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Attacks on tables by somebody who may change all of both.
 */
class RowAttackTests {

	private final LedgerFixture fixture = new LedgerFixture();

	private final TestLedgerDatabase database = new TestLedgerDatabase();

	private final DataSource source = TestLedgerDatabase.create();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.source);

	@TempDir
	private Path elsewhere;

	@Test
	void verifyWhenThereIsNothingThenNotIntact() {
		VerificationReport report = TestLedgerDatabase.verify(this.source);
		assertThat(report.findings()).singleElement().extracting(Finding::fault).isEqualTo(Fault.MISSING);
	}

	@Test
	void startWhenWholeLedgerWasDeletedThenRefusesAndIsFound() {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		this.jdbc.update("delete from mcp_remote_audit_event");
		this.jdbc.update("delete from mcp_remote_audit_checkpoint");
		assertThatExceptionOfType(AuditException.class)
			.isThrownBy(() -> this.database.sink(this.source, this.fixture.clock, this.elsewhere).begin())
			.withMessageContaining("has lost its name");
		this.jdbc.update("insert into mcp_remote_audit_checkpoint values ('ledger', 'ledger', 0, ?)", "0".repeat(32));
		JdbcAuditSink next = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		next.append(this.fixture.events(0, 5));
		next.close();
		VerificationReport report = TestLedgerDatabase.verify(this.source, this.fixture.clock, this.elsewhere);
		assertThat(report.findings()).extracting(Finding::fault).as(report.text()).contains(Fault.FOREIGN);
	}

	@Test
	void startWhenNameOfTheLedgerWasDeletedThenRefuses() {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		this.jdbc.update("delete from mcp_remote_audit_checkpoint where kind = 'ledger'");
		JdbcAuditSink next = this.database.sink(this.source, this.fixture.clock);
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> next.append(this.fixture.events(0, 5)));
	}

	@Test
	void verifyWhenRowIsAddedBelowTheFirstThenIsFound() {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		this.jdbc
			.queryForList(
					"select constraint_name from information_schema.table_constraints"
							+ " where constraint_type = 'CHECK' and table_name = 'MCP_REMOTE_AUDIT_EVENT'",
					String.class)
			.forEach(
					(name) -> this.jdbc.execute("alter table mcp_remote_audit_event drop constraint \"" + name + "\""));
		copy("-5", "seq = 3");
		VerificationReport report = TestLedgerDatabase.verify(this.source);
		assertThat(report.findings()).singleElement().extracting(Finding::fault).isEqualTo(Fault.ALTERED);
	}

	@Test
	void verifyWhenRowIsAddedBelowAnAnchorThenIsFound() {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock);
		sink.append(this.fixture.events(0, 15));
		for (int day = 1; day < 100; day++) {
			this.fixture.clock.advance(Duration.ofDays(1));
			sink.append(this.fixture.events(1000 + day, 1));
			sink.tick();
		}
		sink.close();
		assertThat(TestLedgerDatabase.verify(this.source).intact()).isTrue();
		copy("2", "seq = (select min(seq) + 1 from mcp_remote_audit_event)");
		VerificationReport report = TestLedgerDatabase.verify(this.source);
		assertThat(report.findings()).singleElement().extracting(Finding::fault).isEqualTo(Fault.ALTERED);
	}

	@Test
	void retentionWhenASectionEndsLikeAnOlderOneThenIsKept() {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock);
		this.fixture.live(60, () -> {
			sink.append(this.fixture.events(0, 2));
			sink.tick();
		});
		String ends = "select max(seq) from mcp_remote_audit_event where section_no = ?";
		Long old = this.jdbc.queryForObject(ends, Long.class, 1);
		Long young = this.jdbc.queryForObject(ends, Long.class, 40);
		for (int i = 0; i < 2; i++) {
			String text = this.jdbc.queryForObject("select record_text from mcp_remote_audit_event where seq = ?",
					String.class, old - i);
			this.jdbc.update("update mcp_remote_audit_event set record_text = ? where seq = ?", text, young - i);
		}
		this.fixture.live(60, sink::tick);
		sink.close();
		assertThat(this.jdbc.queryForObject("select min(section_no) from mcp_remote_audit_event", Integer.class))
			.as("what comes before it is deleted")
			.isBetween(25, 40);
		this.fixture.live(60, this.database.sink(this.source, this.fixture.clock)::tick);
		assertThat(this.jdbc.queryForList("select seq from mcp_remote_audit_event where seq = ?", young)).hasSize(1);
		assertThat(TestLedgerDatabase.verify(this.source).intact()).isFalse();
	}

	@Test
	void retentionWhenKeyWasRotatedThenWhatCannotBeVerifiedIsKept() {
		JdbcAuditSink old = this.database.sink(this.source, this.fixture.clock);
		old.append(this.fixture.events(0, 5));
		old.close();
		LedgerKey fresh = LedgerFixture.key("k2", 2);
		LedgerKeys alone = new LedgerKeys(List.of(fresh), List.of());
		JdbcAuditSink without = this.database.sink(this.source, this.fixture.clock, null, alone);
		this.fixture.live(100, without::tick);
		without.close();
		String left = "select count(*) from mcp_remote_audit_event where kind = 'event'";
		assertThat(this.jdbc.queryForObject(left, Integer.class)).isEqualTo(5);
		assertThat(TestLedgerDatabase.verify(this.source, this.fixture.clock, null, alone).findings())
			.extracting(Finding::fault)
			.contains(Fault.UNVERIFIABLE);
		LedgerKeys rotated = new LedgerKeys(List.of(fresh, LedgerFixture.KEY), List.of());
		JdbcAuditSink with = this.database.sink(this.source, this.fixture.clock, null, rotated);
		this.fixture.live(8, with::tick);
		with.close();
		assertThat(this.jdbc.queryForObject(left, Integer.class)).isZero();
		VerificationReport report = TestLedgerDatabase.verify(this.source, this.fixture.clock, null, alone);
		assertThat(report.intact()).as(report.text()).isTrue();
	}

	@Test
	void verifyWhenSectionsAreRenumberedThenIsFound() {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock);
		this.fixture.live(5, () -> sink.append(this.fixture.events(0, 2)));
		sink.close();
		assertThat(TestLedgerDatabase.verify(this.source).intact()).isTrue();
		for (String change : List.of("section_no = 7 where section_no = 3", "section_no = 0 where section_no = 1",
				"section_no = 1 where section_no = 2", "section_no = -5")) {
			this.jdbc.execute("create table saved as select * from mcp_remote_audit_event");
			assertThat(this.jdbc.update("update mcp_remote_audit_event set " + change)).isPositive();
			assertThat(TestLedgerDatabase.verify(this.source).intact()).as(change).isFalse();
			this.jdbc.update("delete from mcp_remote_audit_event");
			this.jdbc.update("insert into mcp_remote_audit_event select * from saved");
			this.jdbc.execute("drop table saved");
		}
	}

	private void copy(String seq, String where) {
		this.jdbc.execute("create table copied as select * from mcp_remote_audit_event where " + where);
		this.jdbc.update("update copied set seq = " + seq);
		assertThat(this.jdbc.update("insert into mcp_remote_audit_event select * from copied")).isOne();
	}

	@Test
	void verifyWhenTailIsCutInBothTablesThenIsNotHidden() {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		sink.append(this.fixture.events(0, 5));
		sink.append(this.fixture.events(5, 20));
		sink.close();
		for (String table : List.of("mcp_remote_audit_event", "mcp_remote_audit_checkpoint")) {
			assertThat(this.jdbc.update("delete from " + table + " where seq > 4")).isPositive();
		}
		VerificationReport soon = TestLedgerDatabase.verify(this.source, this.fixture.clock, null);
		assertThat(soon.notices()).contains(Witnesses.NOT_APART)
			.anyMatch((notice) -> notice.contains("has no end after record 4"));
		VerificationReport apart = TestLedgerDatabase.verify(this.source, this.fixture.clock, this.elsewhere);
		assertThat(apart.findings()).extracting(Finding::fault).as(apart.text()).contains(Fault.CUT);
		this.fixture.clock.advance(Duration.ofDays(3));
		VerificationReport late = TestLedgerDatabase.verify(this.source, this.fixture.clock, null);
		assertThat(late.findings()).singleElement().extracting(Finding::fault).isEqualTo(Fault.UNFINISHED);
	}

}
