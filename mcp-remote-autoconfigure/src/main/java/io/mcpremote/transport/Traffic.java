// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

/**
 * What is going on at this replica at the moment, for whoever operates the server.
 *
 * @since 0.1.0
 */
public interface Traffic {

	/**
	 * Return how many calls are under way.
	 * @return the number of calls
	 */
	int calls();

	/**
	 * Return how many streams clients listen to.
	 * @return the number of streams
	 */
	int streams();

}
