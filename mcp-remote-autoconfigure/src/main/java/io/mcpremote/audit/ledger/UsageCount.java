// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Counts calls in files of a ledger.
 */
final class UsageCount {

	private static final int MAX_GROUPS = 10_000;

	private final UsageQuery query;

	private final BooleanSupplier mayGoOn;

	private final EventColumns columns = new EventColumns();

	private final Map<List<@Nullable Object>, long[]> groups = new HashMap<>();

	private boolean complete = true;

	private long looked;

	UsageCount(UsageQuery query, BooleanSupplier mayGoOn) {
		this.query = query;
		this.mayGoOn = mayGoOn;
	}

	UsageReport of(LedgerDirectory directory) throws IOException {
		for (Map<Integer, Path> chain : directory.chains().values()) {
			for (Path file : chain.values()) {
				try {
					count(file);
				}
				catch (NoSuchFileException ex) {
					// Retention was faster
				}
			}
		}
		List<UsageReport.Row> rows = new ArrayList<>();
		this.groups
			.forEach((group, counts) -> rows.add(new UsageReport.Row((String) group.get(0), (String) group.get(1),
					(String) group.get(2), (String) group.get(3), (String) group.get(4), counts[0], counts[1])));
		rows.sort(Comparator.comparingLong(UsageReport.Row::calls).reversed());
		boolean all = this.complete && rows.size() <= UsageReport.MAX_ROWS;
		return new UsageReport(this.query, all,
				List.copyOf(rows.subList(0, Math.min(rows.size(), UsageReport.MAX_ROWS))));
	}

	private void count(Path file) throws IOException {
		LedgerLine first = FileEnds.firstLine(file);
		// Events are written soon after they happen
		Duration soon = Duration.ofDays(1);
		if (first != null && isAfter(first.time(), this.query.to().plus(soon))) {
			return;
		}
		LastRecord last = FileEnds.last(file);
		if (last != null && !isAfter(last.line().time(), this.query.from())) {
			return;
		}
		try (InputStream input = Files.newInputStream(file)) {
			LineReader reader = new LineReader(input);
			while (this.complete && reader.next() && reader.isTerminated()) {
				LedgerLine line = LedgerLine.parse(reader.bytes(), reader.from(), reader.to());
				if (line != null && line.kind() == RecordKind.EVENT) {
					count(this.columns.of(line));
				}
				this.complete = (++this.looked & 0xfff) != 0 || this.mayGoOn.getAsBoolean();
			}
		}
	}

	private static boolean isAfter(String time, Instant limit) {
		return time.compareTo(limit.toString().substring(0, 19)) > 0;
	}

	private void count(List<@Nullable Object> row) {
		Long time = (Long) value(row, "occurred_at");
		if (time == null || time < this.query.from().toEpochMilli() || time >= this.query.to().toEpochMilli()
				|| !"call".equals(value(row, "event_type")) || !"tools/call".equals(value(row, "method"))
				|| differs(this.query.tenant(), value(row, "tenant"))
				|| differs(this.query.issuer(), value(row, "issuer"))
				|| differs(this.query.user(), value(row, "subject"))
				|| differs(this.query.tool(), value(row, "target"))) {
			return;
		}
		List<@Nullable Object> group = new ArrayList<>(5);
		group.add(value(row, "tenant"));
		group.add(value(row, "issuer"));
		group.add(value(row, "subject"));
		group.add(value(row, "target"));
		group.add(value(row, "outcome"));
		if (this.groups.size() >= MAX_GROUPS && !this.groups.containsKey(group)) {
			this.complete = false;
			return;
		}
		long[] counts = this.groups.computeIfAbsent(group, (any) -> new long[2]);
		Long duration = (Long) value(row, "duration_micros");
		counts[0]++;
		counts[1] += (duration != null) ? duration : 0;
	}

	private static @Nullable Object value(List<@Nullable Object> row, String column) {
		return row.get(EventColumns.NAMES.indexOf(column));
	}

	private static boolean differs(@Nullable String wanted, @Nullable Object value) {
		return wanted != null && !wanted.equals(value);
	}

}
