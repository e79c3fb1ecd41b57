// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The memory of a call that waits for its answers and so never runs twice.
 */
abstract class WaitingChannel implements ClientChannel {

	private final Map<String, Remembered> steps = new HashMap<>();

	private @Nullable Object carried;

	private int keys;

	@Override
	public String nextKey(String method) {
		return method + "-" + ++this.keys;
	}

	@Override
	public @Nullable Remembered remembered(String step) {
		return this.steps.get(step);
	}

	@Override
	public void remember(String step, @Nullable Object result) {
		this.steps.put(step, new Remembered(result));
	}

	@Override
	public @Nullable Object carried() {
		return this.carried;
	}

	@Override
	public void carry(Object state) {
		this.carried = state;
	}

	@Override
	public void singleUse() {
		// An answer is taken once anyway
	}

}
