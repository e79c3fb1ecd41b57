// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.Failure;

/**
 * The context of a call that nobody listens to.
 */
public final class TestContext implements CallContext {

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final Map<String, Object> attributes = new LinkedHashMap<>();

	private final List<Consumer<CallOutcome>> expiry = new ArrayList<>();

	private final List<Runnable> waits = new ArrayList<>();

	private final List<Runnable> returns = new ArrayList<>();

	private BiFunction<String, InputRequest, Map<String, Object>> client = (key, request) -> {
		throw new UnsupportedOperationException("There is no client to ask");
	};

	private Duration timeout;

	private Supplier<Failure> deadlineOutcome;

	private boolean interruptible = true;

	private boolean expired;

	private Duration within;

	private boolean usedUp;

	private volatile boolean cancelled;

	private volatile boolean keptRunning;

	private volatile Thread waiting;

	private Duration waited = Duration.ZERO;

	private CallStage reached;

	/**
	 * Answer what the client is asked.
	 */
	public TestContext answering(BiFunction<String, InputRequest, Map<String, Object>> newClient) {
		this.client = newClient;
		return this;
	}

	/**
	 * Let the time of the call be over, with the outcome of its deadline.
	 */
	public void expire() {
		expire(this.deadlineOutcome.get());
	}

	/**
	 * Let the time of the call be over.
	 */
	public void expire(Failure failure) {
		this.expired = true;
		this.expiry.forEach((action) -> action.accept(failure));
	}

	/**
	 * Let the client take the call back.
	 */
	public void cancel() {
		this.cancelled = true;
		Thread thread = this.waiting;
		if (thread != null) {
			thread.interrupt();
		}
	}

	public boolean isKeptRunning() {
		return this.keptRunning;
	}

	/**
	 * Return whether the call waits for another one.
	 */
	public boolean isWaiting() {
		return this.waiting != null;
	}

	public Duration timeout() {
		return this.timeout;
	}

	public boolean isInterruptible() {
		return this.interruptible;
	}

	@Override
	public void responseHeader(String name, String value) {
		this.headers.put(name, value);
	}

	public Map<String, String> headers() {
		return this.headers;
	}

	@Override
	public void attribute(String name, Object value) {
		this.attributes.put(name, value);
	}

	@Override
	public Object attribute(String name) {
		return this.attributes.get(name);
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public Map<String, Object> ask(String key, InputRequest request) {
		this.waits.forEach(Runnable::run);
		try {
			return this.client.apply(key, request);
		}
		finally {
			this.returns.forEach(Runnable::run);
		}
	}

	@Override
	public Map<String, Object> askOnce(String key, InputRequest request, Duration newWithin) {
		this.within = newWithin;
		return ask(key, request);
	}

	/**
	 * Return how long the client had for what it was asked last.
	 */
	public Duration within() {
		return this.within;
	}

	@Override
	public void useUp() {
		this.usedUp = true;
	}

	public boolean isUsedUp() {
		return this.usedUp;
	}

	@Override
	public void whileWaiting(Runnable begins, Runnable ends) {
		this.waits.add(begins);
		this.returns.add(ends);
	}

	/**
	 * Say how long the call has waited for a person.
	 */
	public void waited(Duration newWaited) {
		this.waited = newWaited;
	}

	@Override
	public Duration waited() {
		return this.waited;
	}

	@Override
	public Deadline deadline(Duration newTimeout, Supplier<Failure> newOutcome) {
		this.timeout = newTimeout;
		this.deadlineOutcome = newOutcome;
		return () -> this.expired;
	}

	@Override
	public void uninterruptible() {
		this.interruptible = false;
	}

	@Override
	public void onExpiry(Consumer<CallOutcome> action) {
		this.expiry.add(action);
	}

	@Override
	public boolean isExpired() {
		return this.expired;
	}

	@Override
	public boolean isCancelled() {
		return this.cancelled;
	}

	@Override
	public void keepRunning() {
		this.keptRunning = true;
	}

	@Override
	public <T> T await(Future<T> coming, Duration patience) {
		this.waiting = Thread.currentThread();
		try {
			return coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			throw new CallSignal(new Failure(FailureKind.CANCELLED, "Cancelled", null));
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.waiting = null;
		}
	}

	@Override
	public String round() {
		return null;
	}

	@Override
	public void reach(CallStage stage) {
		this.reached = stage;
	}

	@Override
	public CallStage reached() {
		return this.reached;
	}

	@Override
	public CallStream stream() {
		return (method, params) -> {
		};
	}

}
