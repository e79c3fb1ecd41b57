// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

/**
 * Where audit events are kept. Any number of sinks may be there; each gets all events, in
 * the order in which they happened, from one thread at a time that serves no calls.
 *
 * @since 0.1.0
 */
public interface AuditSink {

	/**
	 * Return the name under which the sink is configured, reported and counted.
	 * @return a short name in lower case
	 */
	String name();

	/**
	 * Keep events. When this returns, they must survive the death of the process, as far
	 * as the sink promises that at all.
	 * @param events the events, not empty
	 * @throws AuditException if not all of them are kept. The sink gets two of them once
	 * more, one at a time, and if it takes one of these then the others, too. After any
	 * other exception it gets them in smaller batches at once. Events that were kept all
	 * the same may come twice, with the same id
	 */
	void append(List<AuditEvent> events);

	/**
	 * Return whether an event that was appended is on a medium that outlives the process.
	 * Only such sinks can keep the intent of calls when audit is required.
	 * @return whether the sink is durable
	 */
	default boolean isDurable() {
		return false;
	}

	/**
	 * Release what the sink holds. All events have been appended by then. Must bear to be
	 * called again: a sink that is a bean is closed by the audit trail, which leaves one
	 * that hangs behind, and after that by Spring, which waits for it unless the bean is
	 * declared with {@code @Bean(destroyMethod = "")}.
	 */
	default void close() {
	}

}
