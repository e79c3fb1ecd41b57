// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import java.util.List;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditSink;

/**
 * Takes events and forgets them: what it costs to keep them is up to each sink, and not
 * on the thread of a call.
 *
 * @param name tells it from others
 */
record DiscardingSink(String name) implements AuditSink {

	@Override
	public void append(List<AuditEvent> events) {
		// Nobody reads them
	}

}
