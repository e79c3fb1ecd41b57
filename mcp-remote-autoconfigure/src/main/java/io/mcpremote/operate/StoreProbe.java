// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

/**
 * Finds out whether something that state is kept in can be reached, for the health of the
 * server. Each bean of this type is asked now and then, on a thread that serves no calls.
 *
 * @since 0.1.0
 */
public interface StoreProbe {

	/**
	 * Return the name under which the store is reported.
	 * @return a short name in lower case
	 */
	String name();

	/**
	 * Use the store in a way that changes nothing. Gives up by itself after a few seconds
	 * if it can; its thread is interrupted if it does not.
	 * @throws Exception if it cannot be used; why, goes to the log and not to those who
	 * ask for the health of the server
	 */
	void probe() throws Exception;

}
