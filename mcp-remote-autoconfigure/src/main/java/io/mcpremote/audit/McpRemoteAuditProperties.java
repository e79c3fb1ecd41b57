// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the audit record.
 *
 * @param enabled Whether calls, refusals and what else concerns security are put on
 * record.
 * @param mode What is recorded of arguments.
 * @param redact Comma-separated list of names of arguments, or of paths with dots between
 * names, whose values are never recorded. Adds to the names that always count as secret.
 * @param maxArguments How much is recorded of the arguments of one call.
 * @param queueSize How many events may wait to be written, for all sinks together and
 * again for each.
 * @param queueMemory How much memory events that wait may take, for all sinks together
 * and again for each.
 * @param overflow What happens when as much is waiting. Without a value events are
 * dropped and counted, or calls wait if audit is required.
 * @param maxWait How long a call waits for the record at most, all in all.
 * @param required Whether a call is refused unless it has been put on durable record
 * before its target runs.
 * @param shutdownTimeout How long the application waits for events to be written when it
 * shuts down.
 * @param logger Where events are logged.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.audit")
public record McpRemoteAuditProperties(@DefaultValue("true") boolean enabled, @DefaultValue("redacted") Mode mode,
		@DefaultValue List<String> redact, @DefaultValue("4KB") DataSize maxArguments,
		@DefaultValue("8192") int queueSize, @DefaultValue("32MB") DataSize queueMemory, @Nullable Overflow overflow,
		@DefaultValue("5s") Duration maxWait, @DefaultValue("false") boolean required,
		@DefaultValue("10s") Duration shutdownTimeout, @DefaultValue Logger logger) {

	/**
	 * Return what happens when too many events wait.
	 */
	Overflow effectiveOverflow() {
		if (this.overflow != null) {
			return this.overflow;
		}
		return (this.required) ? Overflow.BLOCK : Overflow.DROP;
	}

	/**
	 * What is recorded of arguments.
	 */
	public enum Mode {

		/**
		 * Nothing.
		 */
		NONE,

		/**
		 * Their names.
		 */
		NAMES,

		/**
		 * Names and values, with a placeholder for whatever looks like a secret.
		 */
		REDACTED

	}

	/**
	 * What happens when too many events wait.
	 */
	public enum Overflow {

		/**
		 * Calls wait for a while.
		 */
		BLOCK,

		/**
		 * Events are dropped and counted.
		 */
		DROP

	}

	/**
	 * Properties of the sink that logs.
	 *
	 * @param enabled Whether events are logged as lines of JSON by the logger
	 * mcp.remote.audit.
	 */
	public record Logger(@DefaultValue("true") boolean enabled) {

	}

}
