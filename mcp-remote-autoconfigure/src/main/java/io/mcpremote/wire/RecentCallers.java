// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.function.Supplier;

import io.mcpremote.call.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Callers of the last requests. Whoever calls again is the same object, so that what
 * guards work out of a caller is not worked out for each request.
 *
 * @since 0.1.0
 */
public final class RecentCallers {

	/**
	 * What those have shown who have shown nothing. A reference that has been cleared
	 * refers to nothing as well.
	 */
	private static final Object NO_PROOF = new Object();

	// One thread may not see what another has put there, and makes a caller of its own
	private final @Nullable Entry[] entries;

	/**
	 * Create the memory.
	 * @param room for how many callers at most, a power of two
	 */
	public RecentCallers(int room) {
		this.entries = new Entry[room];
	}

	/**
	 * Return the caller of a request.
	 * @param proof what the caller has shown, the same object each time and the only
	 * thing besides the address that the caller is made of; {@code null} for nothing. It
	 * is not held on to
	 * @param address the network address of the request
	 * @param maker makes the caller
	 * @return a caller that may have called before
	 */
	public Caller of(@Nullable Object proof, String address, Supplier<Caller> maker) {
		Object shown = (proof != null) ? proof : NO_PROOF;
		int hash = 31 * System.identityHashCode(shown) + Objects.hashCode(address);
		int place = (hash ^ hash >>> 16) & this.entries.length - 1;
		Entry known = this.entries[place];
		if (known != null && known.proof().refersTo(shown) && Objects.equals(known.caller().address(), address)) {
			return known.caller();
		}
		Caller caller = maker.get();
		this.entries[place] = new Entry(new WeakReference<>(shown), caller);
		return caller;
	}

	private record Entry(WeakReference<Object> proof, Caller caller) {

	}

}
