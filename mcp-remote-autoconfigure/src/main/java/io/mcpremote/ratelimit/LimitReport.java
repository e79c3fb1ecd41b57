// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.mcpremote.call.CallContext;

/**
 * What is left of the limits of one call, for its client to know. Limits are looked at
 * more than once on the way of a call, and written down only when all of them are known.
 *
 * @since 0.1.0
 */
public final class LimitReport {

	static final String ATTRIBUTE = "ratelimit.report";

	private final List<LimitState> states = new ArrayList<>(4);

	private boolean told = true;

	LimitReport() {
	}

	/**
	 * Return what is left of the limits that a call has met so far.
	 * @param context the context of the call
	 * @return a state for each limit, on the thread of the call
	 */
	public static List<LimitState> of(CallContext context) {
		return (context.attribute(ATTRIBUTE) instanceof LimitReport report)
				? Collections.unmodifiableList(report.states) : List.of();
	}

	/**
	 * Add what is known now; what is known of a limit last is what counts.
	 */
	void add(List<LimitState> latest) {
		int before = this.states.size();
		for (int i = 0; i < latest.size(); i++) {
			LimitState state = latest.get(i);
			int known = indexOf(state.limit().level(), before);
			if (known < 0) {
				this.states.add(state);
			}
			else {
				this.states.set(known, state);
			}
		}
		this.told = false;
	}

	/**
	 * Correct what is known by what has been given back.
	 */
	void giveBack(List<Limit> limits) {
		for (Limit limit : limits) {
			int known = indexOf(limit.level(), this.states.size());
			if (known >= 0) {
				LimitState state = this.states.get(known);
				this.states.set(known, new LimitState(state.limit(), state.exceeded(), state.remaining() + limit.cost(),
						state.reset()));
			}
		}
		this.told = false;
	}

	/**
	 * Tell the client, unless it has been told that much.
	 */
	void tell(CallContext context, LimitHeaders headers) {
		if (!this.told) {
			context.responseHeader(LimitHeaders.POLICY, headers.policy(this.states));
			context.responseHeader(LimitHeaders.STATE, headers.state(this.states));
			this.told = true;
		}
	}

	private int indexOf(String level, int end) {
		for (int i = 0; i < end; i++) {
			if (this.states.get(i).limit().level().equals(level)) {
				return i;
			}
		}
		return -1;
	}

}
