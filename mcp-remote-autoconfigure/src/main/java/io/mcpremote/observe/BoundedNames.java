// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that meters may have, no more than so many in the life of the application:
 * each makes time series that stay.
 */
final class BoundedNames {

	/**
	 * Stands for all further names.
	 */
	static final String OTHER = "_other_";

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	private final int max;

	BoundedNames(int max) {
		this.max = max;
	}

	/**
	 * Return whether a name has been used before.
	 */
	boolean isKnown(String name) {
		return this.names.contains(name);
	}

	/**
	 * Return the name under which something is counted.
	 * @return the name itself as long as there is room
	 */
	String use(String name) {
		return (this.names.contains(name) || add(name)) ? name : OTHER;
	}

	private boolean add(String name) {
		if (this.names.size() >= this.max) {
			return false;
		}
		synchronized (this.names) {
			return this.names.size() < this.max && this.names.add(name) || this.names.contains(name);
		}
	}

}
