// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.Revision;
import io.mcpremote.call.ScopeElevation;
import io.mcpremote.call.ScopeElevation.Step;
import io.mcpremote.call.TestCalls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Callers are followed from being asked for scopes to coming back with them.
 */
class ElevationsTests {

	private static final int MAX_OPEN = 100;

	private final List<ScopeElevation> events = new ArrayList<>();

	private final Elevations elevations = new Elevations((event) -> this.events.add((ScopeElevation) event), MAX_OPEN);

	@Test
	void askedAndSucceededThenOneEventEach() {
		McpCall call = TestCalls.tool();
		this.elevations.succeeded(call);
		this.elevations.asked(call, "echo", Set.of("read"));
		this.elevations.asked(call, "echo", Set.of("read"));
		this.elevations.succeeded(TestCalls.of(Revision.V2026_07_28, "tools/call", "other"));
		this.elevations.succeeded(call);
		this.elevations.succeeded(call);
		assertThat(this.events).containsExactly(
				new ScopeElevation(Step.ASKED, call.id(), TestCalls.ALICE, "tools/call", "echo", Set.of("read")),
				new ScopeElevation(Step.GRANTED, call.id(), TestCalls.ALICE, "tools/call", "echo", Set.of("read")));
	}

	@Test
	void askedWhenManyThenBounded() {
		for (int i = 0; i < MAX_OPEN + 10; i++) {
			this.elevations.asked(TestCalls.tool(), "tool-" + i, Set.of("read"));
		}
		for (int i = 0; i < MAX_OPEN + 10; i++) {
			this.elevations.succeeded(TestCalls.of(Revision.V2026_07_28, "tools/call", "tool-" + i));
		}
		assertThat(this.events.stream().filter((event) -> event.step() == Step.GRANTED)).hasSize(MAX_OPEN);
	}

	@Test
	void askedWhenListenerFailsThenCallGoesOn() {
		Elevations failing = new Elevations((event) -> {
			throw new IllegalStateException("The listener is broken");
		}, MAX_OPEN);
		assertThatNoException().isThrownBy(() -> failing.asked(TestCalls.tool(), "echo", Set.of("read")));
	}

}
