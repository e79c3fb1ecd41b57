// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Instant;
import java.util.Map;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TraceIds}.
 */
class TraceIdsTests {

	private static final String ID = "0af7651916cd43dd8448eb211c80319c";

	@Test
	void ofWhenValidThenTheId() {
		assertThat(TraceIds.of("00-" + ID + "-b7ad6b7169203331-01")).isEqualTo(ID);
		assertThat(TraceIds.of("01-" + ID + "-b7ad6b7169203331-01-more")).isEqualTo(ID);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "00", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
			"00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c8031\n9-b7ad6b7169203331-01" })
	void ofWhenInvalidThenNone(String traceparent) {
		assertThat(TraceIds.of(traceparent)).isNull();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "00000000000000000000000000000000", "0000000000000000", "hunter2",
			"0AF7651916CD43DD8448EB211C80319C", "0af7651916cd43dd8448eb211c80319c0" })
	void ofWhenThereIsNoCurrentTraceThenWhatTheClientHasSent(String current) {
		assertThat(new TraceIds(() -> current).of(call())).isEqualTo(ID);
	}

	@Test
	void ofWhenTheTracerFailsThenWhatTheClientHasSent() {
		assertThat(new TraceIds(() -> {
			throw new NoClassDefFoundError();
		}).of(call())).isEqualTo(ID);
	}

	@Test
	void ofWhenThereIsACurrentTraceThenItsId() {
		assertThat(new TraceIds(() -> "b7ad6b7169203331").of(call())).isEqualTo("b7ad6b7169203331");
		assertThat(new TraceIds(() -> "4bf92f3577b34da6a3ce929d0e0e4736").of(call()))
			.isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
	}

	private static McpCall call() {
		return new McpCall("c", Revision.V2026_07_28, "tools/call", "some", Map.of(), TestCalls.ALICE, null, null,
				new TraceContext("00-" + ID + "-b7ad6b7169203331-01", null, null), Instant.EPOCH);
	}

}
