// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time from a request to the end of its answer, redirects included. Timeouts
 * of the connection alone begin anew with every byte that a host lets through.
 */
final class TotalTime implements ExecChainHandler {

	private final Duration limit;

	private final ScheduledThreadPoolExecutor timer;

	TotalTime(Duration limit) {
		this.limit = limit;
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "mcp-remote-url-timer");
			thread.setDaemon(true);
			return thread;
		});
		this.timer.setRemoveOnCancelPolicy(true);
	}

	@Override
	public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		Countdown countdown = new Countdown((Cancellable) scope.originalRequest);
		countdown.start(this.timer, this.limit);
		try {
			ClassicHttpResponse response = chain.proceed(request, scope);
			HttpEntity entity = response.getEntity();
			if (entity != null) {
				response.setEntity(new TimedEntity(entity, countdown));
			}
			else {
				countdown.stop();
			}
			return response;
		}
		catch (IOException | HttpException | RuntimeException ex) {
			countdown.stop();
			countdown.check(ex);
			throw ex;
		}
	}

	void stop() {
		this.timer.shutdownNow();
	}

	/**
	 * The time of one request.
	 */
	static final class Countdown implements Runnable {

		private final Cancellable request;

		private volatile boolean over;

		private @Nullable Future<?> end;

		Countdown(Cancellable request) {
			this.request = request;
		}

		void start(ScheduledThreadPoolExecutor timer, Duration limit) {
			this.end = timer.schedule(this, limit.toMillis(), TimeUnit.MILLISECONDS);
		}

		@Override
		public void run() {
			this.over = true;
			// Closes the connection
			this.request.cancel();
		}

		void stop() {
			if (this.end != null) {
				this.end.cancel(false);
			}
		}

		void check(@Nullable Exception cause) throws IOException {
			if (this.over) {
				throw new IOException("The answer took longer than mcp.remote.input.url.total-timeout", cause);
			}
		}

	}

}
