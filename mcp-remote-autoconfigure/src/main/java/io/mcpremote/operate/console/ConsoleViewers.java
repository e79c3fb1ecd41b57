// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.mcpremote.transport.EventStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The pages that are open, all of which are told the same once a second, by one thread.
 * None stays open longer than its login, or without showing it again from time to time.
 */
final class ConsoleViewers implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(ConsoleViewers.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * Then the page comes back by itself, and is asked who it is.
	 */
	private static final Duration LIFETIME = Duration.ofMinutes(5);

	private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();

	private final AtomicInteger places;

	private final ConsoleFeed feed;

	private final Clock clock;

	private @Nullable ScheduledExecutorService executor;

	private volatile boolean running;

	private boolean failing;

	/**
	 * Create an instance.
	 * @param feed what they are told
	 * @param max how many may be open
	 * @param clock tells for how long they have been
	 */
	ConsoleViewers(ConsoleFeed feed, int max, Clock clock) {
		this.feed = feed;
		this.places = new AtomicInteger(max);
		this.clock = clock;
	}

	/**
	 * Have a page told what goes on.
	 * @return whether there was room for it
	 */
	boolean open(HttpServletRequest request, HttpServletResponse response, BooleanSupplier welcome) throws IOException {
		if (!this.running || this.places.getAndUpdate((left) -> Math.max(0, left - 1)) == 0) {
			return false;
		}
		EventStream stream;
		try {
			stream = EventStream.start(request, response);
		}
		catch (IOException | RuntimeException ex) {
			this.places.incrementAndGet();
			throw ex;
		}
		Viewer viewer = new Viewer(stream, welcome, this.clock.instant().plus(LIFETIME));
		this.viewers.add(viewer);
		stream.onEnd(() -> {
			if (this.viewers.remove(viewer)) {
				this.places.incrementAndGet();
			}
		});
		synchronized (this.feed) {
			stream.send(null, this.feed.state());
		}
		if (!this.running) {
			stream.complete();
		}
		return true;
	}

	/**
	 * Tell all of them what is new.
	 */
	void tick() {
		Instant now = this.clock.instant();
		for (Viewer viewer : this.viewers) {
			if (!viewer.welcome().getAsBoolean()) {
				viewer.stream().cut();
			}
			else if (now.isAfter(viewer.until())) {
				viewer.stream().complete();
			}
		}
		synchronized (this.feed) {
			// Also if nobody is there: what is missed by nobody is not new any more
			List<byte[]> news = this.feed.next(!this.viewers.isEmpty());
			this.viewers.forEach((viewer) -> news.forEach((message) -> viewer.stream().send(null, message)));
		}
	}

	int size() {
		return this.viewers.size();
	}

	private void tickSafely() {
		try {
			tick();
			this.failing = false;
		}
		catch (Throwable ex) {
			// Thrown on, it would be the last time
			if (!this.failing) {
				logger.warn("The console could not be told what is new", ex);
			}
			this.failing = true;
		}
	}

	@Override
	public synchronized void start() {
		if (this.executor == null) {
			this.executor = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "mcp-remote-console");
				thread.setDaemon(true);
				return thread;
			});
			this.executor.scheduleWithFixedDelay(this::tickSafely, INTERVAL.toMillis(), INTERVAL.toMillis(),
					TimeUnit.MILLISECONDS);
		}
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		if (this.executor != null) {
			this.executor.shutdownNow();
			this.executor = null;
		}
		this.viewers.forEach((viewer) -> viewer.stream().complete());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		// The web server begins to wait for requests at DEFAULT_PHASE - 1024
		return SmartLifecycle.DEFAULT_PHASE - 512;
	}

	/**
	 * A page that is open.
	 *
	 * @param stream what it is told
	 * @param welcome whether it may be told more
	 * @param until when it has to come back
	 */
	private record Viewer(EventStream stream, BooleanSupplier welcome, Instant until) {

	}

}
