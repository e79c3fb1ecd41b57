// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Feeds a stream of events that outlives the call that opened it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventSource {

	/**
	 * Start to feed the stream.
	 * @param sink where events go
	 */
	void open(EventSink sink);

}
