// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs events as lines of JSON. Where the lines go, and for how long they are kept, is up
 * to the logging system.
 */
final class LoggingAuditSink implements AuditSink {

	static final String LOGGER = "io.mcpremote.audit";

	private static final Log logger = LogFactory.getLog(LOGGER);

	@Override
	public String name() {
		return "logger";
	}

	@Override
	public void append(List<AuditEvent> events) {
		if (logger.isInfoEnabled()) {
			events.forEach((event) -> logger.info(AuditEventJson.write(event)));
		}
	}

}
