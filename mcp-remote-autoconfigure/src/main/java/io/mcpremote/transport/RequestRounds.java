// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.JsonDigest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.transport.RequestStateCodec.InvalidStateException;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Ties the rounds of a modern call together.
 */
final class RequestRounds {

	static final Refusal INVALID_STATE = Refusals.invalidParams(
			"requestState is not valid here or has expired; start" + " again without requestState and inputResponses");

	private static final Log logger = LogFactory.getLog(RequestRounds.class);

	private final RequestStateCodec codec;

	private final UsedStates used;

	private final Clock clock;

	private final Duration timeToLive;

	private final ObjectMapper mapper;

	RequestRounds(RequestStateCodec codec, UsedStates used, Clock clock, Duration timeToLive, ObjectMapper mapper) {
		this.codec = codec;
		this.used = used;
		this.clock = clock;
		this.timeToLive = timeToLive;
		this.mapper = mapper;
	}

	/**
	 * Open the channel of a call, with whatever it brings from earlier rounds.
	 * @param call the call
	 * @param logLevel the lowest level the client wants to see, {@code null} for none
	 * @return the channel
	 * @throws RefusedException if the state that the call brings is not accepted
	 */
	RoundsChannel open(McpCall call, @Nullable LoggingLevel logLevel) throws RefusedException {
		Object state = call.params().get("requestState");
		if (!ModernEra.hasRounds(call.method())) {
			return new RoundsChannel(this, call, null, Map.of(), logLevel);
		}
		RequestState before = (state != null) ? opened(call, state) : null;
		return new RoundsChannel(this, call, before, arrived(call), logLevel);
	}

	/**
	 * Note that a call makes use of the state it brings.
	 * @return whether it may; {@code false} if the state may be used once only, and has
	 * been
	 */
	boolean use(McpCall call, RequestState state) {
		boolean first = !state.once() || this.used.use(state.id(), state.issued(), state.expires());
		if (!first) {
			refused(call, "it has been used before, or may have been");
		}
		return first;
	}

	/**
	 * Seal what goes into the next round of a call.
	 * @param once whether that may be used only once
	 * @param further whether this round has come further than the one before
	 * @param within how long the client has for its answers, {@code null} for as long as
	 * usual; never longer
	 */
	String seal(McpCall call, boolean once, boolean further, @Nullable Duration within,
			RequestState.Progress progress) {
		Duration patience = (within != null && within.compareTo(this.timeToLive) < 0) ? within : this.timeToLive;
		Instant now = this.clock.instant();
		return this.codec.seal(
				new RequestState(this.codec.newId(), binding(call), now, now.plus(patience), once, further, progress));
	}

	String digest(InputRequest request) {
		return JsonDigest.of(this.mapper.convertValue(request.params(), Object.class));
	}

	private RequestState opened(McpCall call, Object sent) throws RefusedException {
		try {
			RequestState state = this.codec.open(String.valueOf(sent));
			String difference = state.binding().differenceTo(binding(call));
			if (difference != null) {
				throw new InvalidStateException("it belongs to another " + difference);
			}
			if (state.expires().isBefore(this.clock.instant())) {
				throw new InvalidStateException("it has expired");
			}
			return state;
		}
		catch (InvalidStateException ex) {
			refused(call, String.valueOf(ex.getMessage()));
			throw new RefusedException(INVALID_STATE);
		}
	}

	private static void refused(McpCall call, String reason) {
		logger.info("The requestState of call " + call.id() + " was refused: " + reason);
	}

	private static RequestState.Binding binding(McpCall call) {
		// Anonymous callers may change networks between rounds
		String owner = (call.caller().isAnonymous()) ? "" : call.caller().ownerKey();
		return new RequestState.Binding(owner, call.method(), String.valueOf(call.target()),
				JsonDigest.of(call.arguments()));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> arrived(McpCall call) throws RefusedException {
		Object responses = call.params().get("inputResponses");
		if (responses == null) {
			return Map.of();
		}
		if (!(responses instanceof Map<?, ?> map)) {
			throw new RefusedException(Refusals.invalidParams("inputResponses must be a JSON object"));
		}
		Map<String, Map<String, Object>> arrived = new HashMap<>();
		map.forEach((key, response) -> {
			// What is no answer is passed over, and the question put again
			if (response instanceof Map<?, ?> answer) {
				arrived.put((String) key, (Map<String, Object>) answer);
			}
		});
		return arrived;
	}

}
