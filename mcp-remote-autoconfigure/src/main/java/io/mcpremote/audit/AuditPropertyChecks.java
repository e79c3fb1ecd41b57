// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.mcpremote.call.StartupException;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses settings with which there would be no record to rely on.
 */
final class AuditPropertyChecks {

	private static final String PREFIX = "mcp.remote.audit.";

	private static final int LEAST_ARGUMENTS = 64;

	private static final int MOST_ARGUMENTS = 64 * 1024;

	private static final int MOST_QUEUED = 1_000_000;

	/**
	 * Has room for several of the largest events.
	 */
	private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(1);

	private static final DataSize MOST_MEMORY = DataSize.ofGigabytes(4);

	private AuditPropertyChecks() {
	}

	static void check(McpRemoteAuditProperties properties) {
		long arguments = properties.maxArguments().toBytes();
		check(arguments >= LEAST_ARGUMENTS && arguments <= MOST_ARGUMENTS, "max-arguments", properties.maxArguments(),
				"It must be between 64B and 64KB: all of it is looked through before the call goes on.");
		check(properties.queueSize() >= 1 && properties.queueSize() <= MOST_QUEUED, "queue-size",
				properties.queueSize(), "It must be between 1 and " + MOST_QUEUED + ".");
		DataSize memory = properties.queueMemory();
		check(memory.compareTo(LEAST_MEMORY) >= 0 && memory.compareTo(MOST_MEMORY) <= 0, "queue-memory", memory,
				"It must be between 1MB and 4GB.");
		check(isPositive(properties.maxWait()), "max-wait", properties.maxWait(), "It must be longer than zero.");
		check(isPositive(properties.shutdownTimeout()), "shutdown-timeout", properties.shutdownTimeout(),
				"It must be longer than zero.");
		for (String name : properties.redact()) {
			for (String part : name.split("\\.", -1)) {
				check(!SecretNames.flattened(part).isEmpty(), "redact", name,
						"Write names of arguments, or paths with dots between names, and commas between several.");
			}
		}
	}

	/**
	 * Check what events go to.
	 */
	static void check(McpRemoteAuditProperties properties, List<AuditSink> sinks) {
		check(!properties.required() || sinks.stream().anyMatch(AuditSink::isDurable), "required", true,
				"There is no audit sink that keeps events durably. Configure one that does, or take this away.");
		Set<String> names = new HashSet<>();
		for (AuditSink sink : sinks) {
			if (!names.add(sink.name())) {
				throw new StartupException("There are two audit sinks of the name '" + sink.name() + "'.",
						"Have AuditSink.name() return another name for one of them.");
			}
		}
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

	private static void check(boolean valid, String name, Object value, String hint) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, value, hint);
		}
	}

}
