// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;
import java.util.List;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallLimited;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalLog;
import io.mcpremote.call.Refusals;
import io.mcpremote.policy.Rate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Takes what a call costs from limits, and tells its client what is left.
 */
final class Limiter {

	private static final Log logger = LogFactory.getLog(Limiter.class);

	private static final Duration ROUND_KEPT = Duration.ofHours(1);

	private final LimitStore store;

	private final ApplicationEventPublisher events;

	private final RefusalLog log;

	private final LimitHeaders headers = new LimitHeaders();

	Limiter(LimitStore store, ApplicationEventPublisher events, RefusalLog log) {
		this.store = store;
		this.events = events;
		this.log = log;
	}

	/**
	 * Take what a call costs. Its client is not told yet, unless the call is refused.
	 * @return why the call is refused, or {@code null}
	 */
	@Nullable Refusal take(McpCall call, CallContext context, List<Limit> limits) {
		List<LimitState> states = this.store.take(limits);
		LimitReport report = report(context);
		report.add(states);
		for (int i = 0; i < states.size(); i++) {
			if (states.get(i).exceeded()) {
				report.tell(context, this.headers);
				return refuse(call, states.get(i));
			}
		}
		return null;
	}

	/**
	 * Tell the client of a call what is left of all limits that have been looked at.
	 */
	void tell(CallContext context) {
		if (context.attribute(LimitReport.ATTRIBUTE) instanceof LimitReport report) {
			report.tell(context, this.headers);
		}
	}

	private static LimitReport report(CallContext context) {
		if (context.attribute(LimitReport.ATTRIBUTE) instanceof LimitReport report) {
			return report;
		}
		LimitReport report = new LimitReport();
		context.attribute(LimitReport.ATTRIBUTE, report);
		return report;
	}

	/**
	 * Give back what a call has taken and will not use, and tell its client so.
	 */
	void giveBack(CallContext context, List<Limit> limits) {
		this.store.giveBack(limits);
		LimitReport report = report(context);
		report.giveBack(limits);
		report.tell(context, this.headers);
	}

	/**
	 * Return whether a call has been paid for with the first round of questions and
	 * answers. Each round counts once, so that nobody calls for nothing by sending the
	 * same one again.
	 */
	boolean isPaid(CallContext context) {
		String round = context.round();
		if (round == null) {
			return false;
		}
		Limit once = new Limit("round", round, new Rate(1, ROUND_KEPT), 1);
		return !this.store.take(List.of(once)).get(0).exceeded();
	}

	private Refusal refuse(McpCall call, LimitState state) {
		Limit limit = state.limit();
		this.log.refused(call, "limit '" + limit.level() + "' is used up");
		try {
			this.events.publishEvent(new CallLimited(call.id(), call.caller(), call.method(), call.target(),
					limit.level(), state.reset()));
		}
		catch (RuntimeException ex) {
			logger.warn("Call " + call.id() + ": a listener failed to hear of a limit", ex);
		}
		Duration wait = Duration.ofSeconds(LimitHeaders.seconds(state.reset()));
		String allowed = (limit.quota()) ? limit.rate().calls() + " calls" : limit.rate() + " calls";
		return Refusals.limited(limit.level(), "Too many calls: the limit '" + limit.level() + "' of " + allowed
				+ " is used up. Wait " + wait.toSeconds() + " seconds, and do not try again before.", wait);
	}

}
