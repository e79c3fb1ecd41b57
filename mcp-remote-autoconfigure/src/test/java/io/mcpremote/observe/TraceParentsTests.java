// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is believed of the trace context of a client.
 */
class TraceParentsTests {

	private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";

	@ParameterizedTest
	@CsvSource({ "false, false, 01, 00", "false, true, 00, 01", "false, true, 01, 01", "true, false, 01, 01",
			"true, true, 00, 00", "true, false, ff, 01", "true, false, 02, 00" })
	void parentThenSampledAsIsBelieved(boolean trusted, boolean local, String sent, String believed) {
		TraceContext trace = new TraceParents(Set.of(), trusted, () -> local)
			.apply(call(new TraceContext(SPAN + "-" + sent, "vendor=1", null)));
		assertThat(trace).isEqualTo(new TraceContext(SPAN + "-" + believed, "vendor=1", null));
	}

	@Test
	void parentWhenOfLaterVersionThenReadAsFarAsKnown() {
		String later = "cc" + SPAN.substring(2) + "-01-what-the-future-brings";
		assertThat(believed(new TraceContext(later, null, null)).traceparent()).isEqualTo(SPAN + "-01");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "garbage", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-011",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
			"00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
			"0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\n",
			"01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
			"00-٠af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" })
	void parentWhenNotOfW3cThenNoneAndNoState(String parent) {
		assertThat(believed(new TraceContext(parent, "vendor=1", null))).isEqualTo(new TraceContext(null, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "vendor=\u0001", "vendor=\n", "vendor=\u00fc" })
	void stateWhenNotPrintableThenNone(String state) {
		assertThat(believed(new TraceContext(SPAN + "-01", state, null)).tracestate()).isNull();
		assertThat(believed(new TraceContext(SPAN + "-01", "v=" + "x".repeat(511), null)).tracestate()).isNull();
	}

	@Test
	void contextWhenNoneThenNone() {
		assertThat(believed(TraceContext.NONE)).isSameAs(TraceContext.NONE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null",
			value = { "tenant=acme|tenant=acme", "tenant=acme,user=mallory|tenant=acme", "user=mallory|null",
					" tenant = acme ;secret=1 , order=7|tenant=acme,order=7", "tenant=a%20b|null", "tenant=a%0Ab|null",
					"tenant=a%E2%80%AEb|null", "tenant=%zz|null", "tenant|null", "=x|null", "tenant=a b|null",
					"TENANT=acme|null", "tenant=a+b|tenant=a+b" })
	void baggageThenOnlyWhatIsExpectedAndHarmless(String sent, String believed) {
		assertThat(believed(new TraceContext(null, null, sent)).baggage()).isEqualTo(believed);
	}

	@Test
	void baggageWhenLongOrNothingIsExpectedThenNone() {
		assertThat(believed(new TraceContext(null, null, "tenant=a\u0001")).baggage()).isNull();
		assertThat(believed(new TraceContext(null, null, "tenant=" + "x".repeat(600))).baggage()).isNull();
		assertThat(new TraceParents(Set.of(), false, () -> true)
			.apply(call(new TraceContext(SPAN + "-01", null, "tenant=acme")))
			.baggage()).isNull();
	}

	private static TraceContext believed(TraceContext sent) {
		return new TraceParents(Set.of("tenant", "order"), true, () -> false).apply(call(sent));
	}

	private static McpCall call(TraceContext trace) {
		return new McpCall("c-1", Revision.V2026_07_28, "tools/call", "echo", Map.of(), TestCalls.ALICE, null, null,
				trace, Instant.EPOCH);
	}

}
