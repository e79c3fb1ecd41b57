// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;

/**
 * The time of a call was over, and its client was answered before the target had come to
 * an end. Published as an event of the application, on a thread that events of this kind
 * have to themselves.
 *
 * @param call the call
 * @param timeout how long it was allowed to take
 * @param abandoned how many such calls still hold a thread, this one included
 * @param max how many of them are borne
 * @since 0.1.0
 */
public record CallAbandoned(McpCall call, Duration timeout, int abandoned, int max) {

	/**
	 * Return whether there are as many as are borne.
	 * @return whether no further calls are begun
	 */
	public boolean isExhausted() {
		return this.abandoned >= this.max;
	}

}
