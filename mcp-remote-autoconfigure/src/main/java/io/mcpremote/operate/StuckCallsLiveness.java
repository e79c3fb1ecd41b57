// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.call.AbandonedCallEnded;
import io.mcpremote.call.CallAbandoned;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

/**
 * Has the application say that it is broken while too many calls are stuck: nothing but a
 * restart gives their threads back. Takes back only what it has said itself.
 */
final class StuckCallsLiveness {

	private static final Log logger = LogFactory.getLog(StuckCallsLiveness.class);

	private final ApplicationContext context;

	private boolean saidBroken;

	StuckCallsLiveness(ApplicationContext context) {
		this.context = context;
	}

	synchronized boolean isBroken() {
		return this.saidBroken;
	}

	@EventListener
	synchronized void onAbandoned(CallAbandoned event) {
		if (event.isExhausted() && !this.saidBroken) {
			logger.error("There are " + event.abandoned() + " calls that do not end, which is all that"
					+ " mcp.remote.deadline.max-abandoned allows: no further calls are begun until some of them do,"
					+ " and this application reports that it should be restarted");
			AvailabilityChangeEvent.publish(this.context, this, LivenessState.BROKEN);
			this.saidBroken = true;
		}
	}

	@EventListener
	synchronized void onEnded(AbandonedCallEnded event) {
		if (!event.isExhausted() && this.saidBroken) {
			logger.info("Calls that seemed stuck have come to an end; calls are begun again");
			AvailabilityChangeEvent.publish(this.context, this, LivenessState.CORRECT);
			this.saidBroken = false;
		}
	}

	@EventListener
	synchronized void onLiveness(AvailabilityChangeEvent<LivenessState> event) {
		if (event.getSource() != this) {
			this.saidBroken = false;
		}
	}

}
