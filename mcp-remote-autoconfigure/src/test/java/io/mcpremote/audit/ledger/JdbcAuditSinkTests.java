// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditException;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JdbcAuditSinkTests {

	private final LedgerFixture fixture = new LedgerFixture();

	private final TestLedgerDatabase database = new TestLedgerDatabase();

	LedgerPlatform platform() {
		return LedgerPlatform.H2;
	}

	@Test
	void appendThenIntactWithUsage() {
		assertIntactWithUsage(platform().create());
	}

	@Test
	void appendWhenTablesAreThoseForMySqlThenIntactWithUsage() {
		assertIntactWithUsage(LedgerPlatform.MYSQL.create());
	}

	private void assertIntactWithUsage(DataSource source) {
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
			.containsEntry("issuer", "https://issuer.example")
			.containsEntry("subject", "alice")
			.containsEntry("tool", "check_stock")
			.containsEntry("outcome", "ok")
			.containsEntry("calls", 1207L);
	}

	@Test
	void usageWhenTwoIssuersHaveAUserOfTheSameNameThenTheyAreTwo() {
		DataSource source = platform().create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		this.fixture.assertCountsUsersOfTwoIssuersApart(sink);
		sink.close();
		assertThat(new JdbcTemplate(source).queryForList("select issuer, calls from mcp_remote_audit_usage")
			.stream()
			.collect(Collectors.toMap((row) -> row.get("issuer"), (row) -> row.get("calls"))))
			.isEqualTo(Map.of("https://a.example", 1L, "https://b.example", 2L));
	}

	@Test
	void appendWhenSchemaIsAppliedAgainThenNothingIsLost() {
		DataSource source = platform().create();
		JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		platform().populate(source);
		sink.close();
		assertThat(TestLedgerDatabase.verify(source).events()).isEqualTo(3);
	}

	@Test
	void appendWhenValuesAreStrangeThenStillVerified() {
		DataSource source = platform().create();
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
		DataSource source = platform().create();
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
	void statusWhenEventsCannotBeKeptThenSaysSoUntilSomeAre() {
		AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
		JdbcAuditSink sink = this.database.sink(new FailingSource(platform().create(), outage), this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		assertThat(sink.status().failure()).isNull();
		outage.set(Outage.DOWN);
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(10, 3)));
		assertThat(sink.status().failure()).isEqualTo("CannotCreateTransactionException");
		outage.set(Outage.NONE);
		// Looks, and has nothing to write
		sink.tick();
		assertThat(sink.status().failure()).isNotNull();
		sink.append(this.fixture.events(20, 3));
		assertThat(sink.status().failure()).isNull();
		sink.close();
	}

	@Test
	void statusWhenNothingCanBeKeptWithoutEventsThenSaysSoUntilItCan() {
		AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
		JdbcAuditSink sink = this.database.sink(new FailingSource(platform().create(), outage), this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		outage.set(Outage.DOWN);
		this.fixture.clock.advance(Duration.ofMinutes(2));
		sink.tick();
		assertThat(sink.status().failure()).isNotNull();
		outage.set(Outage.NONE);
		sink.tick();
		assertThat(sink.status().failure()).isNull();
		sink.close();
	}

	@Test
	void statusWhenDatabaseHangsThenSaysSoAfterAWhile() {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		AtomicBoolean hanging = new AtomicBoolean();
		JdbcAuditSink sink = this.database.sink(new DelegatingDataSource(platform().create()) {

			@Override
			public Connection getConnection() throws SQLException {
				if (hanging.get()) {
					asked.countDown();
					Eventually.until("the database answers", answer);
				}
				return super.getConnection();
			}

		}, this.fixture.clock);
		sink.append(this.fixture.events(0, 3));
		hanging.set(true);
		CompletableFuture<Void> append = CompletableFuture.runAsync(() -> sink.append(this.fixture.events(10, 3)));
		Eventually.until("the database is asked", asked);
		assertThat(sink.status().failure()).isNull();
		this.fixture.clock.advance(Duration.ofSeconds(11));
		assertThat(sink.status().failure()).isEqualTo("NoAnswer");
		answer.countDown();
		append.join();
		assertThat(sink.status().failure()).isNull();
		sink.close();
	}

	@Test
	void appendWhenConnectionIsLostAfterCommitThenChainGoesOnBehindIt() {
		AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
		DataSource source = platform().create();
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
		DataSource source = platform().create();
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
		DataSource source = platform().create();
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
		DataSource source = platform().create();
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
		DataSource source = platform().create();
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
		DataSource source = platform().create();
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
		DataSource source = platform().create();
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

	@Test
	void initializeWhenSeveralProcessesStartTogetherThenAllHaveTables() {
		McpRemoteAuditJdbcProperties properties = new McpRemoteAuditJdbcProperties(true, null,
				McpRemoteAuditJdbcProperties.InitializeSchema.ALWAYS, platform().name().toLowerCase(Locale.ROOT),
				Duration.ofDays(90));
		for (int i = 0; i < 5; i++) {
			DataSource source = platform().empty();
			Concurrently.run(6, (process) -> AuditDatabase.initialize(source, properties));
			JdbcAuditSink sink = this.database.sink(source, this.fixture.clock);
			sink.append(this.fixture.events(0, 3));
			sink.close();
			assertThat(TestLedgerDatabase.verify(source).events()).isEqualTo(3);
		}
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
