// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Carries notifications of one call to its client, ahead of the outcome.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallStream {

	/**
	 * Send a notification. Dropped silently when the client has gone or does not accept
	 * streams.
	 * @param method the notification's method
	 * @param params its parameters
	 */
	void notify(String method, Object params);

}
