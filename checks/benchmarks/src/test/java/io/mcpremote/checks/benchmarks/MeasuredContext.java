// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.CallStream;
import io.mcpremote.call.InputRequest;

/**
 * A context that costs about as much as a real one and leads nowhere.
 */
final class MeasuredContext implements CallContext {

	private final CallContext real;

	private Map<String, Object> attributes = Map.of();

	private Object last;

	private CallStage reached;

	MeasuredContext(CallContext real) {
		this.real = real;
	}

	@Override
	public void responseHeader(String name, String value) {
		this.last = value;
	}

	@Override
	public void attribute(String name, Object value) {
		if (this.attributes.isEmpty()) {
			this.attributes = new HashMap<>();
		}
		this.attributes.put(name, value);
	}

	@Override
	public Object attribute(String name) {
		Object value = this.attributes.get(name);
		return (value != null) ? value : this.real.attribute(name);
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public Map<String, Object> ask(String key, InputRequest request) {
		throw new UnsupportedOperationException("There is no client to ask");
	}

	@Override
	public Map<String, Object> askOnce(String key, InputRequest request, Duration within) {
		throw new UnsupportedOperationException("There is no client to ask");
	}

	@Override
	public void useUp() {
		// There is no answer
	}

	@Override
	public void whileWaiting(Runnable begins, Runnable ends) {
		this.last = begins;
	}

	@Override
	public Deadline deadline(Duration timeout, Supplier<Failure> outcome) {
		this.last = outcome;
		return () -> false;
	}

	@Override
	public void uninterruptible() {
		this.last = null;
	}

	@Override
	public void onExpiry(Consumer<CallOutcome> action) {
		this.last = action;
	}

	@Override
	public boolean isExpired() {
		return false;
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

	@Override
	public void keepRunning() {
		this.last = null;
	}

	@Override
	public <T> T await(Future<T> coming, Duration patience) {
		throw new UnsupportedOperationException("Nothing is coming");
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
		return (method, params) -> this.last = params;
	}

}
