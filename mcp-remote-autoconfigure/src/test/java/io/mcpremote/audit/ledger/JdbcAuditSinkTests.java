// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditException;
import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JdbcAuditSinkTests {

	private final LedgerFixture fixture = new LedgerFixture();

	private final TestLedgerDatabase database = new TestLedgerDatabase();

	@ParameterizedTest
	@CsvSource({ "H2, h2", "PostgreSQL, postgresql", "MySQL, mysql" })
	void appendThenIntactWithUsage(String mode, String platform) {
		DataSource source = TestLedgerDatabase.create(mode, platform);
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		sink.append(this.fixture.events(0, 1200));
		sink.append(this.fixture.events(1200, 7));
		sink.close();
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(1207);
		assertThat(report.notices()).containsExactly(Witnesses.NOT_APART);
		Map<String, Object> usage = new JdbcTemplate(source).queryForMap("select * from mcp_remote_audit_usage");
		assertThat(usage).containsEntry("occurred_on", "2026-08-01")
			.containsEntry("tenant", "acme")
			.containsEntry("subject", "alice")
			.containsEntry("tool", "check_stock")
			.containsEntry("outcome", "ok")
			.containsEntry("calls", 1207L);
	}

	@Test
	void appendWhenSchemaIsAppliedAgainThenNothingIsLost() {
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		new ResourceDatabasePopulator(new ClassPathResource("io/mcpremote/audit/ledger/schema-h2.sql")).execute(source);
		sink.close();
		assertThat(TestLedgerDatabase.verify(source).events()).isEqualTo(3);
	}

	@Test
	void appendWhenValuesAreStrangeThenStillVerified() {
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		AuditEvent plain = this.fixture.event("e");
		for (String strange : List.of("", " ", "a  ", "\u0000", "\ud83d\ude00".repeat(300), "x".repeat(5000), "\ud800",
				"'; drop table mcp_remote_audit_event; --", "\u2028\r\n")) {
			sink.append(List.of(new AuditEvent(strange, plain.time(), plain.type(),
					new AuditEvent.Actor(strange, strange, strange, strange, strange), plain.client(),
					new AuditEvent.Action(strange, strange, strange, "{\"a\":" + strange + "}", strange),
					plain.ending(), Map.of("k", strange))));
		}
		sink.close();
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(9);
	}

	@Test
	void appendWhenDatabaseIsDownThenFailsAndGoesOnLater() {
		AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(new FailingSource(source, outage), this.fixture.clock);
		outage.set(Outage.DOWN);
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(0, 3)));
		outage.set(Outage.NONE);
		sink.append(this.fixture.events(10, 3));
		outage.set(Outage.DOWN);
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(20, 3)));
		sink.tick();
		outage.set(Outage.NONE);
		sink.append(this.fixture.events(30, 3));
		sink.close();
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(ids(source)).containsExactly("e10", "e11", "e12", "e30", "e31", "e32");
	}

	@Test
	void appendWhenConnectionIsLostAfterCommitThenChainGoesOnBehindIt() {
		AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(new FailingSource(source, outage), this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		outage.set(Outage.AFTER_COMMIT);
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(3, 20)));
		outage.set(Outage.NONE);
		sink.append(this.fixture.events(30, 3));
		sink.close();
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.chains()).isEqualTo(1);
		assertThat(report.events()).isEqualTo(26);
	}

	@Test
	void appendWhenDeadlockThenTriesAgain() {
		AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(new FailingSource(source, outage), this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		outage.set(Outage.DEADLOCK);
		sink.append(this.fixture.events(3, 3));
		sink.close();
		assertThat(ids(source)).containsExactly("e0", "e1", "e2", "e3", "e4", "e5");
		assertThat(TestLedgerDatabase.verify(source).intact()).isTrue();
	}

	@Test
	void appendWhenSomebodyTakesTheNextNumberThenAnotherChainIsBegun() {
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		new JdbcTemplate(source)
			.update("insert into mcp_remote_audit_event (chain_id, seq, section_no, kind, recorded_at,"
					+ " record_text) select chain_id, max(seq) + 1, 1, 'event', 0, 'x' from mcp_remote_audit_event"
					+ " group by chain_id");
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(3, 3)));
		sink.append(this.fixture.events(6, 3));
		sink.close();
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.findings()).first().extracting(Finding::fault).isEqualTo(Fault.ALTERED);
		assertThat(report.chains()).isEqualTo(2);
		assertThat(report.events()).isEqualTo(6);
	}

	@Test
	void appendWhenOneEventIsRefusedThenNothingOfTheBatchIsKept() {
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		new JdbcTemplate(source)
			.update("alter table mcp_remote_audit_event add constraint picky check (event_id <> 'e700')");
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(0, 1200)));
		assertThat(ids(source)).isEmpty();
		sink.append(this.fixture.events(2000, 1200));
		sink.close();
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(1200);
	}

	@Test
	void appendWhenTransactionOfTheCallerIsRolledBackThenKept() {
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		new TransactionTemplate(new JdbcTransactionManager(source)).executeWithoutResult((status) -> {
			sink.append(this.fixture.events(0, 3));
			status.setRollbackOnly();
		});
		assertThat(ids(source)).hasSize(3);
		sink.close();
	}

	@Test
	void appendWhenSeveralProcessesThenSeveralChains() {
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink[] sinks = new JdbcAuditSink[4];
		for (int i = 0; i < sinks.length; i++) {
			sinks[i] = this.database.sink(source, this.fixture.clock);
		}
		Concurrently.run(sinks.length, (i) -> {
			for (int j = 0; j < 20; j++) {
				sinks[i].append(this.fixture.events(1000 * i + 10 * j, 10));
				sinks[i].tick();
			}
			sinks[i].close();
		});
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.chains()).isEqualTo(4);
		assertThat(report.events()).isEqualTo(800);
	}

	@Test
	void retentionThenDeletesWhatIsOldAndLeavesAnAnchor() {
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		JdbcAuditSink killed = this.database.sink(source, this.fixture.clock);
		killed.append(this.fixture.events(900, 15));
		sink.append(this.fixture.events(0, 15));
		for (int day = 1; day < 100; day++) {
			this.fixture.clock.advance(Duration.ofDays(1));
			sink.append(this.fixture.events(1000 + day, 1));
			sink.tick();
			VerificationReport report = TestLedgerDatabase.verify(source);
			assertThat(report.intact()).as(report.text()).isTrue();
		}
		assertThat(ids(source)).doesNotContain("e0", "e900", "e914").contains("e1099", "e1020").hasSize(92);
		sink.close();
		JdbcTemplate jdbc = new JdbcTemplate(source);
		assertThat(jdbc.queryForList("select chain_id from mcp_remote_audit_checkpoint where kind = 'anchor'"))
			.hasSize(2);
		jdbc.update("delete from mcp_remote_audit_event where seq = (select min(seq) from mcp_remote_audit_event)");
		assertThat(TestLedgerDatabase.verify(source).intact()).isFalse();
		this.fixture.clock.advance(Duration.ofDays(400));
		JdbcAuditSink last = this.database.sink(source, this.fixture.clock);
		last.append(this.fixture.events(5000, 1));
		this.fixture.live(8, last::tick);
		last.close();
		assertThat(jdbc.queryForList("select distinct chain_id from mcp_remote_audit_checkpoint where kind = 'anchor'"
				+ " and chain_id not in (select chain_id from mcp_remote_audit_event)"))
			.as("anchors of chains that are gone")
			.isEmpty();
	}

	private static List<String> ids(DataSource source) {
		return new JdbcTemplate(source).queryForList(
				"select event_id from mcp_remote_audit_event where kind = 'event' order by chain_id, seq",
				String.class);
	}

	private enum Outage {

		NONE, DOWN, AFTER_COMMIT, DEADLOCK

	}

	/**
	 * A database that fails when it is told to.
	 */
	private static final class FailingSource extends DelegatingDataSource {

		private final AtomicReference<Outage> outage;

		FailingSource(DataSource target, AtomicReference<Outage> outage) {
			super(target);
			this.outage = outage;
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.outage.get() == Outage.DOWN) {
				throw new SQLException("The database is down");
			}
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						if (method.getName().equals("commit")
								&& this.outage.compareAndSet(Outage.DEADLOCK, Outage.NONE)) {
							connection.rollback();
							throw new SQLTransactionRollbackException("Deadlock", "40001");
						}
						Object result = method.invoke(connection, arguments);
						if (method.getName().equals("commit") && this.outage.get() == Outage.AFTER_COMMIT) {
							throw new SQLException("The connection was lost");
						}
						return result;
					});
		}

	}

}
