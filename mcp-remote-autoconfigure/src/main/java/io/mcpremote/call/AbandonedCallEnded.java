// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * The target of a call that had been {@link CallAbandoned abandoned} has come to an end
 * after all, and its thread is free. Published as an event of the application, on the
 * same thread.
 *
 * @param call the call
 * @param abandoned how many abandoned calls still hold a thread
 * @param max how many of them are borne
 * @since 0.1.0
 */
public record AbandonedCallEnded(McpCall call, int abandoned, int max) {

	/**
	 * Return whether there are still as many as are borne.
	 * @return whether no further calls are begun
	 */
	public boolean isExhausted() {
		return this.abandoned >= this.max;
	}

}
