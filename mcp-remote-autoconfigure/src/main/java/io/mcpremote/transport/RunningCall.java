// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import io.mcpremote.call.CallSignal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.CallStream;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
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

	private static final String CANCELLED = "The call was cancelled";

	private final McpCall call;

	private final ClientProfile client;

	private final ClientChannel channel;

	private final Reply reply;

	private final ToolCheck toolCheck;

	private final McpJsonMapper mapper;

	private final Object requestId;

	private final CallAttributes attributes = new CallAttributes();

	private @Nullable CallInFlight flight;

	private @Nullable CallRunner runner;

	private @Nullable Era era;

	private ContextView reactiveContext = Context.empty();

	private @Nullable CallWaits waits;

	private @Nullable CallStage reached;

	private volatile @Nullable Consumer<CallOutcome> onExpiry;

	// Perhaps by a thread of the application's
	private volatile @Nullable Refusal unasked;

	RunningCall(McpCall call, ClientProfile client, ClientChannel channel, Reply reply, ToolCheck toolCheck,
			McpJsonMapper mapper, Object requestId) {
		this.call = call;
		this.client = client;
		this.channel = channel;
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
		if (this.waits != null) {
			this.waits.over();
		}
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

	ClientProfile client() {
		return this.client;
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
		this.attributes.put(name, value);
	}

	@Override
	public @Nullable Object attribute(String name) {
		if (SELF.equals(name)) {
			return this;
		}
		return this.attributes.get(name);
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes.all();
	}

	@Override
	public Map<String, Object> ask(String key, InputRequest request) {
		return ask(Map.of(key, request)).getOrDefault(key, Map.of());
	}

	Map<String, Map<String, Object>> ask(Map<String, InputRequest> requests) {
		check(requests);
		return answers(send(requests, null));
	}

	/**
	 * As long as a guard waits, the call is as if its target ran: it can be taken back,
	 * and gives signs of life.
	 */
	@Override
	public Map<String, Object> askOnce(String key, InputRequest request, Duration within) {
		Map<String, InputRequest> requests = Map.of(key, request);
		check(requests);
		this.channel.singleUse();
		if (!enter(this.call.started())) {
			throw new CallSignal(new Failure(FailureKind.CANCELLED, CANCELLED, null));
		}
		try {
			return answers(send(requests, within)).getOrDefault(key, Map.of());
		}
		finally {
			if (this.flight != null) {
				this.flight.leave();
			}
		}
	}

	@Override
	public void useUp() {
		this.channel.useUp();
	}

	private void check(Map<String, InputRequest> requests) {
		for (InputRequest request : requests.values()) {
			Refusal lacking = this.client.lacking(request);
			if (lacking != null) {
				throw cannotAsk(lacking);
			}
		}
	}

	private static Map<String, Map<String, Object>> answers(
			CompletableFuture<Map<String, Map<String, Object>>> answers) {
		try {
			return answers.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CallSignal(new Failure(FailureKind.CANCELLED, CANCELLED, ex));
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * Ask the client, whom the application has made sure of being able to answer.
	 */
	CompletableFuture<Map<String, Map<String, Object>>> send(Map<String, InputRequest> requests) {
		return send(requests, null);
	}

	private CompletableFuture<Map<String, Map<String, Object>>> send(Map<String, InputRequest> requests,
			@Nullable Duration within) {
		CompletableFuture<Map<String, Map<String, Object>>> answers = this.channel.ask(requests, within);
		return (this.waits != null) ? this.waits.during(answers) : answers;
	}

	@Override
	public void whileWaiting(Runnable begins, Runnable ends) {
		if (!this.channel.canWait()) {
			return;
		}
		CallWaits all = this.waits;
		if (all == null) {
			all = new CallWaits();
			this.waits = all;
		}
		all.add(begins, ends);
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
		Consumer<CallOutcome> actions = this.onExpiry;
		if (actions != null) {
			actions.accept(outcome);
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
		Consumer<CallOutcome> fenced = (outcome) -> {
			try {
				action.accept(outcome);
			}
			catch (RuntimeException ex) {
				// Others hear of it, and the client is answered, all the same
				logger.warn("Call " + this.call.id() + ": not everybody heard that its time is over", ex);
			}
		};
		Consumer<CallOutcome> before = this.onExpiry;
		this.onExpiry = (before != null) ? before.andThen(fenced) : fenced;
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
			throw new CallSignal(new Failure(FailureKind.CANCELLED, CANCELLED, null));
		}
		try {
			return coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CallSignal(new Failure(FailureKind.CANCELLED, CANCELLED, ex));
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		finally {
			leave();
		}
	}

	/**
	 * Note that the client cannot be asked.
	 * @param refusal says why
	 * @return the signal to tell the application
	 */
	CallSignal cannotAsk(Refusal refusal) {
		this.unasked = refusal;
		return new CallSignal(refusal);
	}

	/**
	 * Return why the client could not be asked, if it could not. Spring AI hides what
	 * prompts and resources throw.
	 */
	@Nullable Refusal unasked() {
		return this.unasked;
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
