// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.policy.Rate;
import io.mcpremote.ratelimit.McpRemoteQuotaProperties.Quota;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of a caller's limits is never that of another call.
 */
class CallerLimitsTests {

	private static final Rate RATE = Rate.of("5/1m");

	private static final CallerRates RATES = new CallerRates(RATE, RATE, RATE, RATE, null);

	private final MutableClock clock = new MutableClock();

	private final Caller alice = new Caller("alice", "https://issuer.example", "client-1", "192.0.2.1");

	@Test
	void ofWhenCalledAgainThenTheSame() {
		CallerLimits limits = limits(null);
		List<Limit> first = limits.of(call(this.alice, null));
		assertThat(first).extracting(Limit::level).containsExactly("session", "user");
		assertThat(limits.of(call(this.alice, null))).isSameAs(first);
		Caller other = new Caller("alice", "https://issuer.example", "client-1", "192.0.2.1");
		assertThat(limits.of(call(other, null))).isEqualTo(first);
	}

	@Test
	void ofWhenSessionThenThatOfTheCall() {
		CallerLimits limits = limits(null);
		assertThat(limits.of(call(this.alice, null)).get(0).key()).isEqualTo(this.alice.ownerKey());
		assertThat(limits.of(call(this.alice, "s-1")).get(0).key()).isEqualTo("s-1");
		assertThat(limits.of(call(this.alice, "s-2")).get(0).key()).isEqualTo("s-2");
		assertThat(limits.of(call(this.alice, null)).get(0).key()).isEqualTo(this.alice.ownerKey());
	}

	@Test
	void ofWhenQuotaThenWhatIsLeftOfTheDayNow() {
		CallerLimits limits = limits(100L);
		Duration before = limits.of(call(this.alice, null)).get(2).rate().window();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(limits.of(call(this.alice, null)).get(2).rate().window()).isEqualTo(before.minusMinutes(1));
	}

	@Test
	void ofWhenOtherRulesThenTheirLimits() {
		limits(null).of(call(this.alice, null));
		CallerLimits others = new CallerLimits(new CallerRates(null, Rate.of("1/1h"), RATE, RATE, null), quotas(null));
		assertThat(others.of(call(this.alice, null))).singleElement()
			.satisfies((limit) -> assertThat(limit.rate()).isEqualTo(Rate.of("1/1h")));
	}

	private CallerLimits limits(Long daily) {
		return new CallerLimits(RATES, quotas(daily));
	}

	private Quotas quotas(Long daily) {
		return new Quotas(new McpRemoteQuotaProperties(new Quota(daily, null), new Quota(null, null), ZoneOffset.UTC),
				this.clock);
	}

	private static McpCall call(Caller caller, String session) {
		return new McpCall("c-1", Revision.V2025_11_25, "tools/call", "echo", Map.of(), caller, session, null,
				TraceContext.NONE, Instant.EPOCH);
	}

}
