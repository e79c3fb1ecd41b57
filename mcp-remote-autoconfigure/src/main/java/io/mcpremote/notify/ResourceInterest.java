// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.notify;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Counts who wants to hear of changes to which resource, so that the server below is told
 * about a resource as long as anybody is interested, and no longer.
 *
 * @since 0.1.0
 */
public final class ResourceInterest {

	private final Map<String, Integer> interested = new ConcurrentHashMap<>();

	private final Consumer<String> onFirst;

	private final Consumer<String> onLast;

	/**
	 * Create a count.
	 * @param onFirst called with a URI when interest in it begins
	 * @param onLast called with a URI when interest in it ends
	 */
	public ResourceInterest(Consumer<String> onFirst, Consumer<String> onLast) {
		this.onFirst = onFirst;
		this.onLast = onLast;
	}

	/**
	 * Note that one more listener is interested in a resource.
	 * @param uri the URI of the resource
	 */
	public void add(String uri) {
		// Inside the map's lock for this key, so that first and last cannot overtake
		this.interested.compute(uri, (key, count) -> {
			if (count == null) {
				this.onFirst.accept(key);
				return 1;
			}
			return count + 1;
		});
	}

	/**
	 * Note that one listener is no longer interested in a resource.
	 * @param uri the URI of the resource
	 */
	public void remove(String uri) {
		this.interested.computeIfPresent(uri, (key, count) -> {
			if (count == 1) {
				this.onLast.accept(key);
				return null;
			}
			return count - 1;
		});
	}

	/**
	 * Return how many resources anybody is interested in.
	 * @return the number of resources
	 */
	public int size() {
		return this.interested.size();
	}

}
