// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.notify;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Hands events to everyone on this replica who listens. Says farewell before the web
 * server waits for its requests to end, since those that listen never would.
 *
 * @since 0.1.0
 */
public final class NotificationHub implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(NotificationHub.class);

	private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Add a listener.
	 * @param listener the listener
	 */
	public void add(Listener listener) {
		this.listeners.add(listener);
		if (this.closed && this.listeners.remove(listener)) {
			listener.onClose();
		}
	}

	/**
	 * Remove a listener.
	 * @param listener the listener
	 */
	public void remove(Listener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Hand an event to everyone who listens.
	 * @param event the event
	 */
	public void publish(ServerEvent event) {
		for (Listener listener : this.listeners) {
			try {
				listener.onEvent(event);
			}
			catch (RuntimeException ex) {
				logger.warn("A listener failed on " + event.kind() + "; the others are not affected", ex);
			}
		}
	}

	/**
	 * Take listeners again after {@link #stop}.
	 */
	@Override
	public void start() {
		this.closed = false;
	}

	/**
	 * Tell all listeners, and whoever is added later, that there will be no more events.
	 */
	@Override
	public void stop() {
		this.closed = true;
		for (Listener listener : this.listeners) {
			try {
				listener.onClose();
			}
			catch (RuntimeException ex) {
				logger.warn("A listener failed on the end of events; the others are not affected", ex);
			}
		}
		this.listeners.clear();
	}

	@Override
	public boolean isRunning() {
		return !this.closed;
	}

	@Override
	public int getPhase() {
		// The web server begins to wait at DEFAULT_PHASE - 1024
		return SmartLifecycle.DEFAULT_PHASE - 512;
	}

	/**
	 * Return how many listen.
	 * @return the number of listeners
	 */
	public int size() {
		return this.listeners.size();
	}

	/**
	 * Hears of events. Must not block.
	 */
	public interface Listener {

		/**
		 * Called for each event, whether the listener asked for this kind or not.
		 * @param event the event
		 */
		void onEvent(ServerEvent event);

		/**
		 * Called when there will be no more events.
		 */
		void onClose();

	}

}
