// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.FailureKind;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.WireReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A target is interrupted once for each time it is entered, whoever gives it up, and by
 * nobody else.
 */
class CallInFlightTests {

	private final AtomicLong nanos = new AtomicLong();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final HttpReply reply = new HttpReply(this.response, "HTTP/1.1", new Acceptance(true, true),
			new JsonRpcWriter(new JsonMapper()));

	private final CallInFlight flight = new CallInFlight(this.reply, this.nanos::get);

	CallInFlightTests() {
		this.flight.limit(Duration.ofSeconds(1), () -> new Failure(FailureKind.DEADLINE, "late", null), new Told());
	}

	@AfterEach
	void calm() {
		Thread.interrupted();
	}

	@Test
	void expireWhenTakenBackBeforeThenNotInterruptedAgain() {
		this.flight.enter(Instant.EPOCH);
		this.flight.cancel();
		assertThat(Thread.interrupted()).isTrue();
		expire();
		assertThat(this.flight.isExpired()).isTrue();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void cancelWhenExpiredBeforeThenNotInterruptedAgain() {
		this.flight.enter(Instant.EPOCH);
		expire();
		assertThat(Thread.interrupted()).isTrue();
		this.flight.cancel();
		assertThat(this.flight.isCancelled()).isTrue();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void expireWhenEnteredAgainThenInterrupted() {
		this.flight.enter(Instant.EPOCH);
		this.flight.leave();
		this.flight.enter(Instant.EPOCH);
		expire();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void expireWhenOnlyCallOfBatchIsTakenBackThenNoBody() {
		this.reply.batch(new BatchAnswers(List.of(Map.of()), null, (reason, method) -> {
		}));
		this.flight.enter(Instant.EPOCH);
		this.flight.cancel();
		expire();
		assertThat(this.response.getStatus()).isEqualTo(202);
		assertThat(this.response.getContentAsByteArray()).isEmpty();
	}

	@Test
	void finishWhenStreamHasBegunAndThereIsNothingToSayThenNoEvent() throws Exception {
		this.reply.send("{}".getBytes(StandardCharsets.UTF_8));
		String before = this.response.getContentAsString();
		this.reply.finish(List.of());
		assertThat(this.reply.isFinished()).isTrue();
		assertThat(this.response.getContentAsString()).isEqualTo(before);
	}

	@Test
	void cancelWhenCallHasEndedThenNextOneOfBatchIsHeard() {
		this.flight.enter(Instant.EPOCH);
		this.flight.leave();
		this.flight.end();
		this.reply.unmute();
		this.flight.cancel();
		assertThat(this.flight.isCancelled()).isFalse();
		assertThat(this.reply.send("{}".getBytes(StandardCharsets.UTF_8))).isTrue();
	}

	private void expire() {
		this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		this.flight.expire();
	}

	private static final class Told implements CallInFlight.Expiry {

		@Override
		public WireReply answer(Failure outcome) {
			return WireReply.ok("{}".getBytes());
		}

		@Override
		public void expired(Failure outcome) {
		}

	}

}
