// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;

/**
 * Tells one run of a process from all others, on this machine at least.
 */
final class ProcessName {

	private ProcessName() {
	}

	static String get() {
		RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
		return runtime.getPid() + "-" + runtime.getStartTime();
	}

}
