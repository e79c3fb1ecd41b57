// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.CallStream;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import io.mcpremote.wire.WireReply;
import io.modelcontextprotocol.json.McpJsonMapper;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A call under way, with everything that ties it to its client.
 */
final class RunningCall implements CallContext, ResponseStream, CallInFlight.Expiry {

	private static final Log logger = LogFactory.getLog(RunningCall.class);

	private static final String SELF = RunningCall.class.getName();

	private final McpCall call;

	private final ClientProfile client;

	private final ClientChannel channel;

	private final CallQuestions questions;

	private final Reply reply;

	private final ToolCheck toolCheck;

	private final McpJsonMapper mapper;

	private final Object requestId;

	private final CallAttributes attributes = new CallAttributes();

	private @Nullable CallInFlight flight;

	private @Nullable CallRunner runner;

	private @Nullable Era era;

	private CallRunner.@Nullable Prepared prepared;

	private ContextView reactiveContext = Context.empty();

	private @Nullable CallStage reached;

	private volatile @Nullable Listener onExpiry;

	// Every call has it, unlike what is noted otherwise; read when the time is over, too
	private volatile @Nullable String entry;

	private ListCatalog.@Nullable Entry found;

	RunningCall(McpCall call, ClientProfile client, ClientChannel channel, Reply reply, ToolCheck toolCheck,
			McpJsonMapper mapper, Object requestId) {
		this.call = call;
		this.client = client;
		this.channel = channel;
		this.questions = new CallQuestions(client, channel);
		this.reply = reply;
		this.toolCheck = toolCheck;
		this.mapper = mapper;
		this.requestId = requestId;
	}

	/**
	 * Return the call that a context belongs to, be it decorated by guards or not.
	 */
	static RunningCall of(CallContext context) {
		if (context instanceof RunningCall running) {
			return running;
		}
		if (context.attribute(SELF) instanceof RunningCall running) {
			return running;
		}
		throw new IllegalStateException("A guard has passed on a context that does not lead back to the call");
	}

	/**
	 * Set how the call is followed while it is under way.
	 * @param newFlight follows the call
	 * @param newRunner knows what outcomes look like
	 * @param newEra the era the call was made in
	 */
	void fly(CallInFlight newFlight, CallRunner newRunner, Era newEra) {
		this.flight = newFlight;
		this.runner = newRunner;
		this.era = newEra;
	}

	/**
	 * Make the answer to an outcome.
	 * @return the outcome, or what the client gets instead
	 */
	CallOutcome prepare(CallOutcome outcome) {
		if (this.runner == null || this.era == null) {
			return outcome;
		}
		CallRunner.Prepared ready = this.runner.prepare(this, this.era, outcome);
		this.prepared = ready;
		return ready.outcome();
	}

	/**
	 * Return the answer if it has been made.
	 */
	CallRunner.@Nullable Prepared prepared() {
		return this.prepared;
	}

	/**
	 * Begin to run the target on the current thread.
	 * @return whether the call still wants it run
	 */
	boolean enter(Instant now) {
		return this.flight == null || this.flight.enter(now);
	}

	/**
	 * Note that the target has been run.
	 */
	void leave() {
		this.questions.over();
		leaveTarget();
	}

	private void leaveTarget() {
		if (this.flight != null) {
			this.flight.leave();
		}
	}

	/**
	 * Set the Reactor context in which the target runs.
	 */
	void reactiveContext(ContextView context) {
		this.reactiveContext = context;
	}

	/**
	 * Return the Reactor context in which the target runs, for whoever subscribes to
	 * something of the application's apart from the call itself.
	 */
	ContextView reactiveContext() {
		return this.reactiveContext;
	}

	Object requestId() {
		return this.requestId;
	}

	boolean acceptsEventStream() {
		return this.reply.acceptsEventStream();
	}

	McpCall call() {
		return this.call;
	}

	/**
	 * Return whether it is this that the call names.
	 */
	boolean isNamed(TargetKind kind, String name) {
		return name.equals(this.call.target()) && kind == TargetKind.named(this.call.method());
	}

	/**
	 * Return the entry of a list that the call names, if somebody has found it.
	 */
	ListCatalog.@Nullable Entry found() {
		return this.found;
	}

	/**
	 * Keep the entry of a list that the call names, for those who look for it next.
	 */
	void found(ListCatalog.Entry entry) {
		this.found = entry;
		this.entry = entry.key();
	}

	ClientProfile client() {
		return this.client;
	}

	CallQuestions questions() {
		return this.questions;
	}

	ClientChannel channel() {
		return this.channel;
	}

	McpJsonMapper mapper() {
		return this.mapper;
	}

	InputRounds inputRounds() {
		return new ChannelInputRounds(this);
	}

	/**
	 * Check what only the era of the call knows to check about a tool.
	 * @return why the call is refused, or {@code null}
	 */
	@Nullable Refusal check(ListCatalog.Entry tool) {
		return this.toolCheck.check(tool, this.call);
	}

	@Override
	public void responseHeader(String name, String value) {
		this.reply.header(name, value);
	}

	@Override
	public void attribute(String name, Object value) {
		if (ENTRY.equals(name) && value instanceof String text) {
			this.entry = text;
		}
		else {
			this.attributes.put(name, value);
		}
	}

	@Override
	public @Nullable Object attribute(String name) {
		if (SELF.equals(name)) {
			return this;
		}
		return (ENTRY.equals(name)) ? this.entry : this.attributes.get(name);
	}

	@Override
	public Map<String, Object> attributes() {
		Map<String, Object> all = this.attributes.all();
		if (this.entry != null) {
			all.put(ENTRY, this.entry);
		}
		return all;
	}

	@Override
	public Map<String, Object> ask(String key, InputRequest request) {
		return this.questions.ask(Map.of(key, request)).getOrDefault(key, Map.of());
	}

	/**
	 * As long as a guard waits, the call is as if its target ran: it can be taken back,
	 * and gives signs of life.
	 */
	@Override
	public Map<String, Object> askOnce(String key, InputRequest request, Duration within) {
		return this.questions.askOnce(Map.of(key, request), within, () -> enter(this.call.started()), this::leaveTarget)
			.getOrDefault(key, Map.of());
	}

	@Override
	public void useUp() {
		this.channel.useUp();
	}

	@Override
	public void whileWaiting(Runnable begins, Runnable ends) {
		this.questions.whileWaiting(begins, ends);
	}

	@Override
	public Duration waited() {
		return this.questions.waited();
	}

	@Override
	public Deadline deadline(Duration timeout, Supplier<Failure> outcome) {
		if (this.flight == null) {
			throw new IllegalStateException("The call is not under way");
		}
		TimeLimit limit = this.flight.limit(timeout, outcome, this);
		whileWaiting(limit::stand, limit::goOn);
		return limit;
	}

	@Override
	public WireReply answer(Failure outcome) {
		if (this.runner == null || this.era == null) {
			throw new IllegalStateException("The call is not under way");
		}
		return this.runner.answer(this, this.era, outcome);
	}

	@Override
	public void expired(Failure outcome) {
		tell(this.onExpiry, outcome);
	}

	/**
	 * Tell those who have asked for it, in the order in which they have asked.
	 */
	private void tell(@Nullable Listener listener, Failure outcome) {
		if (listener == null) {
			return;
		}
		tell(listener.before(), outcome);
		try {
			listener.action().accept(outcome);
		}
		catch (RuntimeException ex) {
			// Others hear of it, and the client is answered, all the same
			logger.warn("Call " + this.call.id() + ": not everybody heard that its time is over", ex);
		}
	}

	@Override
	public void uninterruptible() {
		if (this.flight != null) {
			this.flight.uninterruptible();
		}
	}

	@Override
	public void onExpiry(Consumer<CallOutcome> action) {
		this.onExpiry = new Listener(action, this.onExpiry);
	}

	@Override
	public boolean isExpired() {
		return this.flight != null && this.flight.isExpired();
	}

	@Override
	public boolean isCancelled() {
		return this.flight != null && this.flight.isCancelled();
	}

	@Override
	public void keepRunning() {
		if (this.flight != null) {
			this.flight.keepRunning();
		}
	}

	@Override
	public <T> @Nullable T await(Future<T> coming, Duration patience) {
		// The client has been waiting since it called
		if (!enter(this.call.started())) {
			throw CallQuestions.cancelled(null);
		}
		try {
			return coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw CallQuestions.cancelled(ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		finally {
			leave();
		}
	}

	@Override
	public @Nullable String round() {
		return this.channel.round();
	}

	@Override
	public void reach(@Nullable CallStage stage) {
		this.reached = stage;
	}

	@Override
	public @Nullable CallStage reached() {
		return this.reached;
	}

	@Override
	public CallStream stream() {
		return this.reply;
	}

	@Override
	public boolean disconnect() {
		return this.reply.disconnect();
	}

	/**
	 * Who hears that the time is over.
	 */
	private record Listener(Consumer<CallOutcome> action, @Nullable Listener before) {

	}

	/**
	 * Checks a call against the tool it is for.
	 */
	@FunctionalInterface
	interface ToolCheck {

		/**
		 * Nothing to check.
		 */
		ToolCheck NONE = (tool, call) -> null;

		/**
		 * Check a call.
		 * @return why the call is refused, or {@code null}
		 */
		@Nullable Refusal check(ListCatalog.Entry tool, McpCall call);

	}

}
