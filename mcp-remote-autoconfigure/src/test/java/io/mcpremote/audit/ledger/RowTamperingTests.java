// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand ways to change the rows of a ledger, each of a fresh copy.
 */
class RowTamperingTests {

	private static final int TIMES = 1000;

	private static final List<String> TABLES = List.of("mcp_remote_audit_event", "mcp_remote_audit_checkpoint");

	private static final String PICKED = " where chain_id = ? and seq = ?";

	private final LedgerFixture fixture = new LedgerFixture();

	private final Random random = new Random(6);

	private final DataSource source = TestLedgerDatabase.create();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.source);

	@Test
	void verifyWhenTamperedWithThenAlwaysFound() {
		makeLedger();
		Map<String, List<Map<String, Object>>> original = new TreeMap<>();
		TABLES.forEach((table) -> original.put(table, this.jdbc.queryForList("select * from " + table)));
		Map<String, Runnable> ways = ways();
		List<String> names = List.copyOf(ways.keySet());
		Map<String, Integer> found = new TreeMap<>();
		for (int i = 0; i < TIMES; i++) {
			original.forEach(this::restore);
			String name = names.get(i % names.size());
			ways.get(name).run();
			VerificationReport report = TestLedgerDatabase.verify(this.source);
			assertThat(report.intact()).as("%s, number %d\n%s", name, i, report.text()).isFalse();
			assertThat(report.findings()).isNotEmpty();
			found.merge(name, 1, Integer::sum);
		}
		int all = found.values().stream().mapToInt(Integer::intValue).sum();
		System.out.println("Tamperings of rows found: " + all + " of " + TIMES + " " + found);
		assertThat(all).isEqualTo(TIMES);
	}

	private void makeLedger() {
		TestLedgerDatabase database = new TestLedgerDatabase();
		JdbcAuditSink old = database.sink(this.source, this.fixture.clock);
		old.append(this.fixture.events(0, 12));
		this.fixture.clock.advance(Duration.ofDays(1));
		old.tick();
		this.fixture.clock.advance(Duration.ofDays(50));
		old.append(this.fixture.events(20, 15));
		this.fixture.clock.advance(Duration.ofDays(50));
		JdbcAuditSink next = database.sink(this.source, this.fixture.clock);
		next.append(this.fixture.events(100, 25));
		this.fixture.live(8, next::tick);
		next.close();
		VerificationReport report = TestLedgerDatabase.verify(this.source);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(40);
	}

	private void restore(String table, List<Map<String, Object>> rows) {
		this.jdbc.update("delete from " + table);
		List<String> columns = List.copyOf(rows.get(0).keySet());
		this.jdbc.batchUpdate(
				"insert into " + table + " (" + String.join(",", columns) + ") values (?"
						+ ",?".repeat(columns.size() - 1) + ")",
				rows.stream().map((row) -> columns.stream().map(row::get).toArray()).toList());
	}

	private Map<String, Runnable> ways() {
		Map<String, Runnable> ways = new TreeMap<>();
		ways.put("delete a row", () -> update("delete from mcp_remote_audit_event" + PICKED, vouched()));
		ways.put("delete the last rows", () -> {
			Object[] row = vouched();
			update("delete from mcp_remote_audit_event where chain_id = ? and seq >= ?", row);
		});
		ways.put("delete the first rows",
				() -> update("delete from mcp_remote_audit_event where chain_id = ? and seq <= ?", vouched()));
		ways.put("delete a chain",
				() -> this.jdbc.update("delete from mcp_remote_audit_event where chain_id = ?", vouched()[0]));
		ways.put("swap records", () -> {
			Object[] first = pick();
			Object[] second = pick();
			while (text(first).equals(text(second))) {
				second = pick();
			}
			String other = text(second);
			setText(second, text(first));
			setText(first, other);
		});
		ways.put("swap numbers", () -> {
			Object[] row = pick();
			update("update mcp_remote_audit_event set seq = seq + 100000" + PICKED, row);
		});
		ways.put("repeat a row", () -> {
			Object[] row = pick();
			this.jdbc.update(
					"create table copied as select * from mcp_remote_audit_event where chain_id = ? and seq = ?", row);
			this.jdbc.update("update copied set seq = seq + 100000");
			this.jdbc.update("insert into mcp_remote_audit_event select * from copied");
			this.jdbc.update("drop table copied");
		});
		ways.put("change a byte of a record", () -> {
			Object[] row = pick();
			StringBuilder text = new StringBuilder(text(row));
			int position = this.random.nextInt(text.length());
			text.setCharAt(position, (char) (text.charAt(position) ^ (1 + this.random.nextInt(15))));
			setText(row, text.toString());
		});
		ways.put("change a field of a record", () -> {
			Object[] row = pick("kind = 'event'");
			String[] changes = { "alice>bob", "acme>other", "\"ok\">\"no\"", "rope>rop", "e1>e2", "e2>e3",
					"2026>2025" };
			String before = text(row);
			String after = before;
			while (after.equals(before)) {
				String[] change = changes[this.random.nextInt(changes.length)].split(">");
				after = before.replace(change[0], change[1]);
			}
			setText(row, after);
		});
		for (String column : EventColumns.NAMES) {
			boolean number = column.endsWith("_at") || column.endsWith("micros");
			ways.put("change " + column, () -> {
				Object[] row = pick("kind = 'event'");
				update("update mcp_remote_audit_event set " + column + " = "
						+ ((number) ? column + " + 1" : "concat('x', substring(" + column + ", 2))") + PICKED, row);
			});
		}
		ways.put("empty a column",
				() -> update("update mcp_remote_audit_event set subject = null" + PICKED, pick("kind = 'event'")));
		ways.put("change the section",
				() -> update("update mcp_remote_audit_event set section_no = section_no + 1" + PICKED, pick()));
		ways.put("change the chain",
				() -> update("update mcp_remote_audit_event set chain_id = concat(chain_id, '0')" + PICKED, vouched()));
		ways.put("delete a checkpoint", () -> checkpoint("delete from mcp_remote_audit_checkpoint"));
		ways.put("change a checkpoint", () -> checkpoint(
				"update mcp_remote_audit_checkpoint set statement_text = replace(statement_text, '\"events\":', '\"events\":1')"));
		ways.put("change the number of a checkpoint",
				() -> checkpoint("update mcp_remote_audit_checkpoint set seq = seq + 1000"));
		ways.put("change the name of the ledger", () -> this.jdbc
			.update("update mcp_remote_audit_checkpoint set statement_text = ? where kind = 'ledger'", "0".repeat(32)));
		ways.put("delete the name of the ledger",
				() -> this.jdbc.update("delete from mcp_remote_audit_checkpoint where kind = 'ledger'"));
		return ways;
	}

	/**
	 * Pick a row for which a later checkpoint vouches: the last rows of a chain whose
	 * process was killed have none yet.
	 */
	private Object[] vouched() {
		return pick("seq <= (select max(c.seq) from mcp_remote_audit_checkpoint c where c.chain_id = e.chain_id"
				+ " and c.kind <> 'anchor')");
	}

	private Object[] pick() {
		return pick("1 = 1");
	}

	private Object[] pick(String condition) {
		List<Map<String, Object>> rows = this.jdbc.queryForList(
				"select chain_id, seq from mcp_remote_audit_event e where " + condition + " order by chain_id, seq");
		Map<String, Object> row = rows.get(this.random.nextInt(rows.size()));
		return new Object[] { row.get("chain_id"), row.get("seq") };
	}

	private void checkpoint(String change) {
		List<Map<String, Object>> rows = this.jdbc
			.queryForList("select chain_id, kind, seq from mcp_remote_audit_checkpoint where kind <> 'ledger'"
					+ " order by chain_id, kind, seq");
		Map<String, Object> row = rows.get(this.random.nextInt(rows.size()));
		assertThat(this.jdbc.update(change + " where chain_id = ? and kind = ? and seq = ?", row.get("chain_id"),
				row.get("kind"), row.get("seq")))
			.isOne();
	}

	private String text(Object[] row) {
		return this.jdbc.queryForObject("select record_text from mcp_remote_audit_event" + PICKED, String.class, row);
	}

	private void setText(Object[] row, String text) {
		assertThat(this.jdbc.update("update mcp_remote_audit_event set record_text = ?" + PICKED, text, row[0], row[1]))
			.isOne();
	}

	private void update(String statement, Object[] row) {
		assertThat(this.jdbc.update(statement, row)).isPositive();
	}

}
