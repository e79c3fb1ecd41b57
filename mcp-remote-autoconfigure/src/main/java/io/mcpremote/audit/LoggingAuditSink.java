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

	/**
	 * Named such that no package has it for its parent.
	 */
	static final String LOGGER = "mcp.remote.audit";

	private static final Log logger = LogFactory.getLog(LOGGER);

	@Override
	public String name() {
		return "logger";
	}

	@Override
	public void append(List<AuditEvent> events) {
		if (!logger.isInfoEnabled()) {
			throw new AuditException("The logger '" + LOGGER + "' is off for INFO. Set logging.level." + LOGGER
					+ "=info, or mcp.remote.audit.logger.enabled=false if nothing is to be logged", null);
		}
		events.forEach((event) -> logger.info(AuditEventJson.write(event)));
	}

}
