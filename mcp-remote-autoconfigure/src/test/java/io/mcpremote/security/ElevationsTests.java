// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.Revision;
import io.mcpremote.call.ScopeElevation;
import io.mcpremote.call.ScopeElevation.Step;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.policy.Policy;
import io.mcpremote.policy.TestPolicies;
import io.mcpremote.test.MutableClock;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Callers are followed from being asked for scopes to coming back with them.
 */
@ExtendWith(OutputCaptureExtension.class)
class ElevationsTests {

	private static final int MAX_OPEN = 100;

	private static final String TEMPLATE = "docs://{id}";

	private static final Set<String> READ = Set.of("read");

	private final List<ScopeElevation> events = new ArrayList<>();

	private final MutableClock clock = new MutableClock();

	private final Elevations elevations = new Elevations((event) -> this.events.add((ScopeElevation) event), MAX_OPEN,
			this.clock);

	@Test
	void askedAndSucceededThenOneEventEach() {
		McpCall call = TestCalls.tool();
		this.elevations.succeeded(call, tool("echo"));
		this.elevations.asked(call, tool("echo"), READ);
		this.elevations.asked(call, tool("echo"), READ);
		this.elevations.succeeded(TestCalls.of(Revision.V2026_07_28, "tools/call", "other"), tool("other"));
		this.elevations.succeeded(call, tool("echo"));
		this.elevations.succeeded(call, tool("echo"));
		assertThat(this.events).containsExactly(new ScopeElevation(Step.ASKED, call, "echo", READ),
				new ScopeElevation(Step.GRANTED, call, "echo", READ));
	}

	@Test
	void askedWhenManyThenBounded() {
		for (int i = 0; i < MAX_OPEN + 10; i++) {
			this.elevations.asked(TestCalls.tool(), tool("tool-" + i), READ);
		}
		for (int i = 0; i < MAX_OPEN + 10; i++) {
			this.elevations.succeeded(TestCalls.tool(), tool("tool-" + i));
		}
		steps().filteredOn(Step.GRANTED::equals).hasSize(MAX_OPEN);
	}

	@Test
	void askedWhenManyUrisOfOneTemplateThenOnce(CapturedOutput output) {
		for (int i = 0; i < MAX_OPEN + 10; i++) {
			String uri = "docs://" + i + "x".repeat(10_000);
			McpCall call = TestCalls.of(Revision.V2026_07_28, "resources/read", uri);
			this.elevations.asked(call, resource(uri, "read"), READ);
		}
		steps().containsExactly(Step.ASKED);
		assertThat(this.events.get(0).target()).isEqualTo(TEMPLATE);
		assertThat(output.getAll().lines().filter((line) -> line.contains("asked for scopes"))).singleElement()
			.asString()
			.contains("'" + TEMPLATE + "'")
			.doesNotContain("xxx");
		String other = "docs://other";
		this.elevations.succeeded(TestCalls.of(Revision.V2026_07_28, "resources/read", other), resource(other, "read"));
		steps().containsExactly(Step.ASKED, Step.GRANTED);
	}

	@Test
	void succeededWhenPartOfTemplateHasAnotherPolicyThenNotGranted() {
		McpCall secret = TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://secret");
		McpCall other = TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://other");
		this.elevations.asked(secret, resource("docs://secret", "admin"), Set.of("admin"));
		this.elevations.succeeded(other, resource("docs://other", "read"));
		steps().containsExactly(Step.ASKED);
	}

	@Test
	void askedWhenForgottenAfterAWhileThenReportedAgain() {
		McpCall call = TestCalls.tool();
		this.elevations.asked(call, tool("echo"), READ);
		this.clock.advance(Elevations.TIME_TO_COME_BACK.minus(Duration.ofSeconds(1)));
		this.elevations.asked(call, tool("echo"), READ);
		steps().containsExactly(Step.ASKED);
		this.clock.advance(Duration.ofSeconds(1));
		this.elevations.succeeded(call, tool("echo"));
		steps().containsExactly(Step.ASKED);
		this.elevations.asked(call, tool("echo"), READ);
		this.elevations.succeeded(call, tool("echo"));
		steps().containsExactly(Step.ASKED, Step.ASKED, Step.GRANTED);
	}

	@Test
	void askedWhenListenerFailsThenCallGoesOn() {
		Elevations failing = new Elevations((event) -> {
			throw new IllegalStateException("The listener is broken");
		}, MAX_OPEN, this.clock);
		assertThatNoException().isThrownBy(() -> failing.asked(TestCalls.tool(), tool("echo"), READ));
	}

	private ListAssert<Step> steps() {
		return assertThat(this.events.stream().map(ScopeElevation::step).toList());
	}

	private static Target tool(String name) {
		return new Target(TargetKind.TOOL, name, name, Set.of(policy("read")));
	}

	private static Target resource(String uri, String scope) {
		return new Target(TargetKind.RESOURCE, uri, TEMPLATE, Set.of(policy(scope)));
	}

	private static Policy policy(String scope) {
		return TestPolicies.of("tools.any.scopes=" + scope).tool("any");
	}

}
