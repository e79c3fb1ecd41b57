// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Something that a part of the server keeps count of anyway, such as what is open at the
 * moment. A bean of this type becomes a meter where there are meters.
 *
 * @since 0.1.0
 */
public interface ServerCount {

	/**
	 * Return the name of the meter.
	 * @return the name, in lower case with dots
	 */
	String meter();

	/**
	 * Return what is counted.
	 * @return a few words
	 */
	String description();

	/**
	 * Return how many there are. Asked at any time, on any thread; must not wait.
	 * @return the count
	 */
	long count();

	/**
	 * Return whether the count only ever grows, until the application ends.
	 * @return whether it is a total
	 */
	default boolean isTotal() {
		return false;
	}

}
