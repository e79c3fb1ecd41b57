// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.AbandonedCallEnded;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many calls may be stuck, and whose.
 */
class AbandonedCallsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private final List<Object> events = new ArrayList<>();

	private final AbandonedCalls calls = new AbandonedCalls(8, this.events::add);

	@Test
	void isExhaustedWhenAllAreTakenThenForEverybodyUntilOneEnds() {
		for (int i = 0; i < 8; i++) {
			assertThat(this.calls.isExhausted(call("other", "other"))).isFalse();
			abandon("user-" + i, "tool-" + i);
		}
		assertThat(this.calls.isExhausted(call("other", "other"))).isTrue();
		assertThat(this.events).last()
			.isInstanceOfSatisfying(CallAbandoned.class, (event) -> assertThat(event.isExhausted()).isTrue());
		this.calls.end(call("user-0", "tool-0"));
		assertThat(this.calls.isExhausted(call("other", "other"))).isFalse();
		assertThat(this.events).last()
			.isInstanceOfSatisfying(AbandonedCallEnded.class, (event) -> assertThat(event.isExhausted()).isFalse());
	}

	@Test
	void isExhaustedWhenUserOrToolHasItsShareThenForThat() {
		abandon("ada", "one");
		abandon("ada", "two");
		assertThat(this.calls.isExhausted(call("ada", "three"))).isTrue();
		assertThat(this.calls.isExhausted(call("bob", "one"))).isFalse();
		abandon("bob", "one");
		assertThat(this.calls.isExhausted(call("eve", "one"))).isTrue();
		this.calls.end(call("ada", "one"));
		assertThat(this.calls.isExhausted(call("ada", "three"))).isFalse();
		assertThat(this.calls.isExhausted(call("eve", "one"))).isFalse();
	}

	@Test
	void abandonAndEndWhenConcurrentThenNothingIsLeft() {
		Concurrently.run(16, (thread) -> {
			for (int i = 0; i < 200; i++) {
				abandon("user-" + thread, "tool");
				this.calls.end(call("user-" + thread, "tool"));
			}
		});
		assertThat(this.calls.isExhausted(call("user-1", "tool"))).isFalse();
		assertThat(this.events).hasSize(16 * 400)
			.last()
			.isInstanceOfSatisfying(AbandonedCallEnded.class, (event) -> assertThat(event.abandoned()).isZero());
	}

	private void abandon(String user, String tool) {
		this.calls.abandon(call(user, tool), TIMEOUT, Thread.currentThread());
	}

	private static McpCall call(String user, String tool) {
		return new McpCall("c-1", Revision.V2026_07_28, "tools/call", tool, Map.of(),
				new Caller(user, "https://issuer.example", "client", "192.0.2.1"), null, null, TraceContext.NONE,
				Instant.EPOCH);
	}

}
