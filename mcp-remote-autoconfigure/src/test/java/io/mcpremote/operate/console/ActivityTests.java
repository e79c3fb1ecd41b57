// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.operate.console.Activity.Fill;
import io.mcpremote.policy.Rate;
import io.mcpremote.ratelimit.Limit;
import io.mcpremote.ratelimit.LimitState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page is told of what goes on, of a bounded amount of it and of no keys.
 */
class ActivityTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

	private final Activity activity = new Activity(this.nanos::get);

	@Test
	void guardThenCallIsUnderWayUntilItEnds() {
		new ActivityGuard(this.activity).guard(TestCalls.tool(), new TestContext(), (call, context) -> {
			this.nanos.addAndGet(Duration.ofMillis(1500).toNanos());
			assertThat(this.activity.running()).singleElement().satisfies((running) -> {
				assertThat(running.target()).isEqualTo("echo");
				assertThat(running.caller()).isEqualTo("alice");
				assertThat(running.millis()).isEqualTo(1500);
			});
			return new Result("done");
		});
		assertThat(this.activity.running()).isEmpty();
	}

	@Test
	void runningWhenResourceThenNeitherQueryNorUserIsShown() {
		this.activity
			.begin(TestCalls.of(Revision.V2026_07_28, "resources/read", "note://ann:hunter2@host/a?token=hunter2"));
		assertThat(this.activity.running()).extracting(Activity.Call::target).containsExactly("note://host/a");
	}

	@Test
	void limitsThenFullestFirstAndNotThoseThatAreNotHalfFull() {
		take("user", "k1", 10, 8);
		take("session", "secret-session-id", 10, 1);
		take("tool", "k2", 10, 4);
		assertThat(this.activity.limits()).extracting(Fill::level).containsExactly("session", "tool");
		assertThat(this.activity.limits()).allSatisfy((fill) -> {
			assertThat(fill.who()).contains("alice").doesNotContain("secret");
			assertThat(fill.resetSeconds()).isEqualTo(60);
		});
		take("session", "secret-session-id", 10, 9);
		assertThat(this.activity.limits()).extracting(Fill::level).containsExactly("tool");
	}

	@Test
	void limitsWhenWindowEndsThenGone() {
		take("user", "k1", 10, 0);
		this.nanos.addAndGet(Duration.ofSeconds(61).toNanos());
		assertThat(this.activity.limits()).isEmpty();
	}

	@Test
	void limitsWhenThereAreManyThenTheFullestAreKept() {
		for (int i = 0; i < 10_000; i++) {
			take("user", "half-" + i, 100, 50);
		}
		take("user", "full", 100, 0);
		assertThat(this.activity.limits()).hasSize(50);
		assertThat(this.activity.limits().get(0).used()).isEqualTo(100);
		for (int i = 0; i < 1000; i++) {
			take("user", "also-full-" + i, 100, 0);
		}
		take("user", "half", 100, 50);
		assertThat(this.activity.limits()).allSatisfy((fill) -> assertThat(fill.used()).isEqualTo(100));
	}

	private void take(String level, String key, long allowed, long remaining) {
		McpCall call = TestCalls.tool();
		this.activity.limits(call,
				List.of(new LimitState(new Limit(level, key, new Rate(allowed, Duration.ofHours(1)), 1), remaining == 0,
						remaining, Duration.ofMinutes(1))));
	}

}
