// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.notify.NotificationHub;

import org.springframework.context.SmartLifecycle;

/**
 * Ends all streams that clients listen to before the web server waits for its requests to
 * end, since these never would.
 */
final class StreamsLifecycle implements SmartLifecycle {

	private final NotificationHub hub;

	private volatile boolean running;

	StreamsLifecycle(NotificationHub hub) {
		this.hub = hub;
	}

	@Override
	public void start() {
		this.hub.open();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.hub.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		// The web server begins to wait at DEFAULT_PHASE - 1024
		return SmartLifecycle.DEFAULT_PHASE - 512;
	}

}
