// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of records. Whatever is read here is found by an index, some rows at a time.
 */
final class JdbcEvents {

	static final String TABLE = "mcp_remote_audit_event";

	private static final String COLUMNS = String.join(", ", EventColumns.NAMES);

	private static final String INSERT = "insert into " + TABLE + " (chain_id, seq, section_no, " + COLUMNS
			+ ", record_text) values (?, ?, ?" + ", ?".repeat(EventColumns.NAMES.size()) + ", ?)";

	private static final String SELECT = "select seq, section_no, " + COLUMNS + ", record_text from " + TABLE
			+ " where ";

	private final JdbcTemplate jdbc;

	private final EventColumns columns = new EventColumns();

	JdbcEvents(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return the rows to insert for some records.
	 */
	List<Object[]> rows(int section, List<String> records) {
		List<Object[]> rows = new ArrayList<>(records.size());
		for (String text : records) {
			LedgerLine line = parse(text);
			if (line == null) {
				throw new IllegalStateException("Not a record");
			}
			List<@Nullable Object> row = new ArrayList<>();
			row.add(line.chain());
			row.add(line.seq());
			row.add(section);
			row.addAll(this.columns.of(line));
			row.add(text);
			rows.add(row.toArray());
		}
		return rows;
	}

	void insert(List<Object[]> rows) {
		this.jdbc.batchUpdate(INSERT, rows);
	}

	boolean isEmpty() {
		return nextChain("") == null;
	}

	/**
	 * Return the names of all chains. One by one, since databases look at all rows to
	 * tell which names there are.
	 */
	List<String> chains() {
		List<String> chains = new ArrayList<>();
		for (String chain = nextChain(""); chain != null; chain = nextChain(chain)) {
			chains.add(chain);
		}
		return chains;
	}

	private @Nullable String nextChain(String before) {
		List<String> next = this.jdbc.queryForList(
				"select chain_id from " + TABLE + " where chain_id > ? order by chain_id limit 1", String.class,
				before);
		return (next.isEmpty()) ? null : next.get(0);
	}

	/**
	 * Return some rows of a chain.
	 * @param after the number after which they begin
	 */
	List<StoredRecord> rows(String chain, long after, int most) {
		return this.jdbc.query(SELECT + "chain_id = ? and seq > ? order by seq limit " + most, JdbcEvents::row, chain,
				after);
	}

	/**
	 * Return the last record of a chain, up to some number.
	 */
	@Nullable StoredRecord last(String chain, long to) {
		Long seq = this.jdbc.queryForObject("select max(seq) from " + TABLE + " where chain_id = ? and seq <= ?",
				Long.class, chain, to);
		return (seq != null) ? first(rows(chain, seq - 1, 1)) : null;
	}

	/**
	 * Return the first record of the section that follows another.
	 */
	@Nullable StoredRecord firstAfter(String chain, int section) {
		return first(
				this.jdbc.query(SELECT + "chain_id = ? and section_no > ? order by chain_id, section_no, seq limit 1",
						JdbcEvents::row, chain, section));
	}

	/**
	 * Return when the sections of some chains were begun, and when the chains came to
	 * their end.
	 */
	List<Instant> written(List<String> chains) {
		List<Instant> times = new ArrayList<>();
		for (String chain : chains) {
			StoredRecord next = firstAfter(chain, Integer.MIN_VALUE);
			while (next != null) {
				times.add(written(next));
				next = firstAfter(chain, next.section());
			}
			StoredRecord last = last(chain, Long.MAX_VALUE);
			if (last != null) {
				times.add(written(last));
			}
		}
		return times;
	}

	private static Instant written(StoredRecord record) {
		Object millis = record.columns().get(EventColumns.NAMES.indexOf("recorded_at"));
		return Instant.ofEpochMilli((millis != null) ? (Long) millis : 0);
	}

	/**
	 * Return the number of the last record of a section.
	 */
	long end(String chain, int section) {
		Long seq = this.jdbc.queryForObject("select max(seq) from " + TABLE + " where chain_id = ? and section_no = ?",
				Long.class, chain, section);
		return (seq != null) ? seq : -1;
	}

	/**
	 * Return how many rows a chain has up to a number.
	 * @param most more are not counted
	 */
	int count(String chain, long to, int most) {
		return this.jdbc
			.queryForList("select seq from " + TABLE + " where chain_id = ? and seq <= ? order by seq limit " + most,
					Long.class, chain, to)
			.size();
	}

	void delete(String chain, long from, long to) {
		this.jdbc.update("delete from " + TABLE + " where chain_id = ? and seq >= ? and seq <= ?", chain, from, to);
	}

	static @Nullable LedgerLine parse(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return LedgerLine.parse(bytes, 0, bytes.length);
	}

	private static @Nullable StoredRecord first(List<StoredRecord> rows) {
		return (rows.isEmpty()) ? null : rows.get(0);
	}

	private static StoredRecord row(ResultSet row, int number) throws SQLException {
		List<@Nullable Object> columns = new ArrayList<>(EventColumns.NAMES.size());
		for (String name : EventColumns.NAMES) {
			boolean isNumber = name.equals("recorded_at") || name.equals("occurred_at")
					|| name.equals("duration_micros");
			Object value = (isNumber) ? (Object) row.getLong(name) : row.getString(name);
			columns.add((row.wasNull()) ? null : value);
		}
		String text = row.getString("record_text");
		return new StoredRecord(row.getLong("seq"), row.getInt("section_no"), columns, (text != null) ? text : "");
	}

}
