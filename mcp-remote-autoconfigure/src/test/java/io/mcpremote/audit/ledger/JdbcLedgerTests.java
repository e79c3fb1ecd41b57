// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the ledger asks of a database.
 */
class JdbcLedgerTests {

	private final LedgerFixture fixture = new LedgerFixture();

	LedgerPlatform platform() {
		return LedgerPlatform.H2;
	}

	@Test
	void queryThenAlwaysWithATimeout() throws Exception {
		WatchedSource source = new WatchedSource(platform().create());
		JdbcAuditSink sink = new TestLedgerDatabase().sink(source, this.fixture.clock);
		this.fixture.live(99, () -> {
			sink.append(this.fixture.events(0, 3));
			sink.tick();
		});
		assertThat(sink.verify(Duration.ofSeconds(20)).intact()).isTrue();
		sink.usage(new UsageQuery(this.fixture.clock.instant().minus(Duration.ofDays(1)), this.fixture.clock.instant(),
				null, null, null, null), Duration.ofSeconds(20));
		sink.close();
		assertThat(TestLedgerDatabase.verify(source).intact()).isTrue();
		assertThat(source.executed).hasSizeGreaterThan(99)
			.allSatisfy((statement) -> assertThat(statement.timeout()).as(statement.text()).isBetween(1, 20));
	}

	@Test
	void schemaThenSectionsAreFoundByAnIndex() throws Exception {
		List<String> columns = new ArrayList<>();
		try (Connection connection = platform().create().getConnection()) {
			DatabaseMetaData database = connection.getMetaData();
			String table = "mcp_remote_audit_event";
			ResultSet indexes = database.getIndexInfo(null, null,
					(database.storesUpperCaseIdentifiers()) ? table.toUpperCase(Locale.ROOT) : table, false, true);
			while (indexes.next()) {
				if ("mcp_remote_audit_event_section".equalsIgnoreCase(indexes.getString("INDEX_NAME"))) {
					columns.add(indexes.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
				}
			}
		}
		assertThat(columns).containsExactly("chain_id", "section_no", "seq");
	}

	@Test
	void chainsThenAllInOrder() {
		DataSource source = platform().create();
		TestLedgerDatabase database = new TestLedgerDatabase();
		for (int i = 0; i < 20; i++) {
			JdbcAuditSink sink = database.sink(source, this.fixture.clock);
			sink.append(this.fixture.events(i, 1));
			sink.close();
		}
		List<String> expected = new JdbcTemplate(source)
			.queryForList("select distinct chain_id from mcp_remote_audit_event order by chain_id", String.class);
		assertThat(expected).hasSize(20);
		assertThat(new JdbcLedger(source).events().chains()).isEqualTo(expected);
	}

	@Test
	void statementsWhenMoreThanAPageThenEachOnce() {
		DataSource source = platform().create();
		JdbcTemplate jdbc = new JdbcTemplate(source);
		List<Object[]> rows = new ArrayList<>();
		for (String chain : List.of("a", "b", "ledger", "z")) {
			for (String kind : List.of("anchor", "checkpoint", "end")) {
				for (int seq = 0; seq < 700; seq++) {
					rows.add(new Object[] { chain, kind, seq, "x" });
				}
			}
		}
		jdbc.batchUpdate("insert into mcp_remote_audit_checkpoint values (?, ?, ?, ?)", rows);
		List<String> found = new ArrayList<>();
		new JdbcLedger(source).statements().forEach((stored) -> {
			found.add(stored.chain() + stored.kind() + stored.seq());
			return true;
		});
		assertThat(found).hasSize(3 * 3 * 700).doesNotHaveDuplicates().doesNotContain("ledgerend0");
	}

	/**
	 * What was executed.
	 *
	 * @param text the statement
	 * @param timeout its timeout in seconds
	 */
	private record Executed(String text, int timeout) {

	}

	/**
	 * Watches statements that are executed.
	 */
	private static final class WatchedSource extends DelegatingDataSource {

		private final ConcurrentLinkedQueue<Executed> executed = new ConcurrentLinkedQueue<>();

		WatchedSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			return watch(super.getConnection(), Connection.class, "");
		}

		private <T> T watch(T target, Class<T> type, String text) {
			int[] timeout = new int[1];
			return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> {
						if (method.getName().equals("setQueryTimeout")) {
							timeout[0] = (int) arguments[0];
						}
						if (method.getName().startsWith("execute")) {
							this.executed
								.add(new Executed(text + ((arguments != null) ? arguments[0] : ""), timeout[0]));
						}
						try {
							return watched(method.invoke(target, arguments), arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					}));
		}

		private Object watched(Object result, Object[] arguments) {
			if (result instanceof PreparedStatement prepared) {
				return watch(prepared, PreparedStatement.class, String.valueOf(arguments[0]));
			}
			return (result instanceof Statement statement) ? watch(statement, Statement.class, "") : result;
		}

	}

}
