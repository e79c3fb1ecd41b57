// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.EventSink;

/**
 * Keeps what it is sent, until it is told to break.
 */
final class TestSink implements EventSink {

	final List<String> ids = new ArrayList<>();

	final List<String> messages = new ArrayList<>();

	private final List<Runnable> callbacks = new ArrayList<>();

	private boolean ended;

	private int completed;

	@Override
	public boolean send(String id, byte[] message) {
		if (this.ended) {
			return false;
		}
		this.ids.add(id);
		this.messages.add(new String(message, StandardCharsets.UTF_8));
		return true;
	}

	@Override
	public void complete() {
		this.completed++;
		end();
	}

	@Override
	public void onEnd(Runnable callback) {
		if (this.ended) {
			callback.run();
		}
		else {
			this.callbacks.add(callback);
		}
	}

	/**
	 * End as if the client had gone.
	 */
	void end() {
		if (!this.ended) {
			this.ended = true;
			this.callbacks.forEach(Runnable::run);
		}
	}

	int completed() {
		return this.completed;
	}

}
