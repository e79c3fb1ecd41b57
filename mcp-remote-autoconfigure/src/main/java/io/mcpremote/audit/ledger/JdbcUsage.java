// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts calls in the table of a ledger.
 */
final class JdbcUsage {

	private final DataSource source;

	JdbcUsage(DataSource source) {
		this.source = source;
	}

	/**
	 * Count calls of tools.
	 */
	UsageReport count(UsageQuery query, Duration limit) {
		StringBuilder where = new StringBuilder();
		List<Object> arguments = new ArrayList<>(List.of(query.from().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
				query.to().atOffset(ZoneOffset.UTC).toLocalDate().toString(), query.from().toEpochMilli(),
				query.to().toEpochMilli()));
		restrict(where, arguments, "tenant", query.tenant());
		restrict(where, arguments, "issuer", query.issuer());
		restrict(where, arguments, "subject", query.user());
		restrict(where, arguments, "target", query.tool());
		JdbcTemplate limited = new JdbcTemplate(this.source);
		limited.setQueryTimeout((int) Math.max(1, limit.toSeconds()));
		List<UsageReport.Row> rows = limited.query("select tenant, issuer, subject, target, outcome, count(*) as calls,"
				+ " sum(duration_micros) as micros from " + JdbcEvents.TABLE
				+ " where event_type = 'call' and method = 'tools/call' and occurred_on >= ? and occurred_on <= ?"
				+ " and occurred_at >= ? and occurred_at < ?" + where
				+ " group by tenant, issuer, subject, target, outcome order by calls desc limit "
				+ (UsageReport.MAX_ROWS + 1),
				(row, number) -> new UsageReport.Row(row.getString(1), row.getString(2), row.getString(3),
						row.getString(4), row.getString(5), row.getLong(6), row.getLong(7)),
				arguments.toArray());
		boolean complete = rows.size() <= UsageReport.MAX_ROWS;
		return new UsageReport(query, complete, (complete) ? rows : List.copyOf(rows.subList(0, UsageReport.MAX_ROWS)));
	}

	private static void restrict(StringBuilder where, List<Object> arguments, String column, @Nullable String value) {
		if (value != null) {
			where.append(" and ").append(column).append(" = ?");
			arguments.add(value);
		}
	}

}
