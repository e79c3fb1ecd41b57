// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.operate.CallStatistics;
import io.mcpremote.operate.PolicyRows;
import io.mcpremote.operate.ServerReport;
import io.mcpremote.resilience.BreakerState;
import io.mcpremote.resilience.Breakers;
import io.mcpremote.transport.Traffic;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What pages are told: everything when they open, then what is new. Used by one thread at
 * a time.
 */
final class ConsoleFeed {

	private static final int MAX_TARGETS = 60;

	private static final int MAX_BREAKERS = 60;

	/**
	 * How many events are kept, and told at once.
	 */
	static final int MAX_EVENTS = 200;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ServerReport report;

	private final PolicyRows policies;

	private final CallStatistics statistics;

	private final Catalog catalog;

	private final Traffic traffic;

	private final Supplier<@Nullable Breakers> breakers;

	private final Activity activity;

	private final AuditTail tail;

	private long seen;

	private int offered;

	ConsoleFeed(ServerReport report, PolicyRows policies, CallStatistics statistics, Catalog catalog, Traffic traffic,
			Supplier<@Nullable Breakers> breakers, Activity activity, AuditTail tail) {
		this.report = report;
		this.policies = policies;
		this.statistics = statistics;
		this.catalog = catalog;
		this.traffic = traffic;
		this.breakers = breakers;
		this.activity = activity;
		this.tail = tail;
	}

	/**
	 * Return everything, for a page that opens.
	 */
	byte[] state() {
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("type", "state");
		state.put("server", this.report.describe());
		state.put("policies", policies());
		state.put("figures", figures());
		// What has not been told to others yet comes once more, and is known by its
		// number
		state.put("events", this.tail.after(0, MAX_EVENTS));
		return JSON.writeValueAsBytes(state);
	}

	/**
	 * Return what is new since the last time.
	 * @param wanted whether anybody wants to know
	 */
	List<byte[]> next(boolean wanted) {
		List<AuditTail.Entry> events = this.tail.after(this.seen, MAX_EVENTS);
		long newest = (events.isEmpty()) ? this.seen : events.get(events.size() - 1).number();
		long missed = newest - this.seen - events.size();
		this.seen = newest;
		if (!wanted) {
			return List.of();
		}
		List<byte[]> news = new ArrayList<>();
		int names = names();
		if (names != this.offered) {
			this.offered = names;
			Map<String, Object> offered = new LinkedHashMap<>();
			offered.put("type", "policies");
			offered.put("policies", policies());
			news.add(JSON.writeValueAsBytes(offered));
		}
		Map<String, Object> tick = new LinkedHashMap<>();
		tick.put("type", "tick");
		tick.put("figures", figures());
		tick.put("events", events);
		tick.put("missed", missed);
		news.add(JSON.writeValueAsBytes(tick));
		return news;
	}

	private int names() {
		int hash = 1;
		for (TargetKind kind : TargetKind.values()) {
			hash = 31 * hash + this.catalog.names(kind).hashCode();
		}
		return hash;
	}

	private Map<String, Object> policies() {
		Map<String, Object> policies = new LinkedHashMap<>();
		for (TargetKind kind : TargetKind.values()) {
			policies.put(kind.name().toLowerCase(Locale.ROOT), this.policies.of(kind));
		}
		return policies;
	}

	private Map<String, Object> figures() {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("calls", this.statistics.calls());
		figures.put("failures", this.statistics.failures());
		figures.put("refusals", this.statistics.refusals());
		figures.put("underWay", this.traffic.calls());
		figures.put("streams", this.traffic.streams());
		figures.put("sessions", this.report.openSessions());
		figures.put("running", this.activity.running());
		figures.put("limits", this.activity.limits());
		figures.put("targets", this.statistics.busiest(MAX_TARGETS));
		figures.put("breakers", breakers());
		return figures;
	}

	private List<BreakerState> breakers() {
		Breakers all = this.breakers.get();
		if (all == null) {
			return List.of();
		}
		// Those that are not closed first
		return all.states()
			.stream()
			.sorted((a, b) -> Boolean.compare("closed".equals(a.state()), "closed".equals(b.state())))
			.limit(MAX_BREAKERS)
			.toList();
	}

}
