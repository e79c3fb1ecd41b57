// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.mcpremote.test.TestRun.Channel;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Keeps what this project would log at whatever level, without logging more than it does.
 * An application that starts sets up logging anew, after which this has to come back.
 */
public final class LogCapture implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final Filter FILTER = new Filter();

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		install();
	}

	static void install() {
		if (TestRun.isKept() && LoggerFactory.getILoggerFactory() instanceof LoggerContext context
				&& !context.getTurboFilterList().contains(FILTER)) {
			context.addTurboFilter(FILTER);
		}
	}

	private static final class Filter extends TurboFilter {

		@Override
		public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] parameters,
				Throwable thrown) {
			String name = logger.getName();
			if (format != null && (name.startsWith("io.mcpremote") || name.startsWith("mcp.remote"))) {
				StringBuilder line = new StringBuilder(200);
				line.append(level).append(' ').append(name).append(' ');
				Map<String, String> context = MDC.getCopyOfContextMap();
				line.append((context != null) ? context : "").append(' ');
				line.append(MessageFormatter.arrayFormat(format, parameters).getMessage());
				append(line, thrown, 0);
				TestRun.keep((name.startsWith("mcp.remote.audit")) ? Channel.AUDIT : Channel.LOGS, line.toString());
			}
			return FilterReply.NEUTRAL;
		}

		private static void append(StringBuilder line, Throwable thrown, int depth) {
			if (thrown != null && depth < 16) {
				line.append("\n\t").append(thrown);
				for (Throwable suppressed : thrown.getSuppressed()) {
					append(line, suppressed, depth + 1);
				}
				append(line, thrown.getCause(), depth + 1);
			}
		}

	}

}
