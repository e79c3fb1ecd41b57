// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.mcpremote.call.Caller;
import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.call.Refusals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes to the log who still uses deprecated tools, once a day for each caller and tool,
 * and not of more callers than anybody reads of.
 */
final class DeprecationLog {

	private static final Log logger = LogFactory.getLog(DeprecationLog.class);

	private static final int MAX_LINES = 1_000;

	private final AtomicReference<Day> current = new AtomicReference<>(new Day(LocalDate.MIN));

	void called(DeprecatedCall call, LocalDate today) {
		Day day = this.current.get();
		if (!day.date.equals(today)) {
			Day next = new Day(today);
			day = (this.current.compareAndSet(day, next)) ? next : this.current.get();
		}
		String key = call.tool() + ' ' + call.caller().usageKey();
		if (day.said.size() < MAX_LINES) {
			if (day.said.add(key)) {
				logger.info(line(call));
			}
		}
		else if (!day.said.contains(key) && day.full.compareAndSet(false, true)) {
			logger.info("Deprecated tools are called by more than " + MAX_LINES
					+ " callers today; the others are not named");
		}
	}

	private static String line(DeprecatedCall call) {
		String removal = (call.removed()) ? ", removed on " + call.removal() + " and refused"
				: (call.removal() != null) ? ", to be removed on " + call.removal() : "";
		String instead = (call.replacedBy() != null) ? "; they should use '" + call.replacedBy() + "'" : "";
		return "Call " + call.callId() + " of " + who(call.caller()) + " is of the deprecated tool '" + call.tool()
				+ "'" + removal + instead + ". This is said once a day for each caller.";
	}

	private static String who(Caller caller) {
		String who = (caller.subject() != null) ? caller.subject() : caller.address();
		String client = (caller.clientId() != null) ? " (client " + caller.clientId() + ")" : "";
		return Refusals.shown(who + client);
	}

	/**
	 * What has been said on one day.
	 */
	private static final class Day {

		private final LocalDate date;

		private final Set<String> said = ConcurrentHashMap.newKeySet();

		private final AtomicBoolean full = new AtomicBoolean();

		private Day(LocalDate date) {
			this.date = date;
		}

	}

}
