// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the keys of {@link CallObservationContext}, which handlers ask for again and
 * again.
 */
class CallObservationContextTests {

	private final CallObservationContext context = new CallObservationContext(TestCalls.tool(), "tools/call",
			TargetKind.TOOL, "echo", false);

	@Test
	void keysWhenNothingIsSaidThenNone() {
		assertThat(this.context.getLowCardinalityKeyValues()).isEmpty();
	}

	@Test
	void keysWhenSaidOnceThenMadeOnce() {
		KeyValues said = KeyValues.of("b", "2", "a", "1");
		this.context.addLowCardinalityKeyValues(said);
		this.context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "b", "2"));
		assertThat(this.context.getLowCardinalityKeyValues()).isSameAs(said);
		assertThat(this.context.getLowCardinalityKeyValue("b")).isEqualTo(KeyValue.of("b", "2"));
	}

	@Test
	void keysWhenSaidOtherwiseAtTheEndThenLastCounts() {
		this.context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "b", "2"));
		this.context.addLowCardinalityKeyValues(KeyValues.of("b", "3", "c", "4"));
		assertThat(this.context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("a", "1", "b", "3", "c", "4"));
		this.context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "b", "2"));
		assertThat(this.context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("a", "1", "b", "2", "c", "4"));
	}

	@Test
	void keysWhenApplicationAddsThenAreThere() {
		this.context.addLowCardinalityKeyValues(KeyValues.of("a", "1"));
		this.context.addLowCardinalityKeyValue(KeyValue.of("b", "2"));
		this.context.addLowCardinalityKeyValues(KeyValues.of("a", "1"));
		assertThat(this.context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("a", "1", "b", "2"));
	}

	@Test
	void keysWhenApplicationWasFirstThenAreThere() {
		this.context.addLowCardinalityKeyValue(KeyValue.of("b", "2"));
		this.context.addLowCardinalityKeyValues(KeyValues.of("a", "1"));
		assertThat(this.context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("a", "1", "b", "2"));
	}

	@Test
	void keysWhenApplicationRemovesThenAreGone() {
		this.context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "b", "2", "c", "3"));
		this.context.removeLowCardinalityKeyValue("a");
		assertThat(this.context.getLowCardinalityKeyValues()).isEqualTo(KeyValues.of("b", "2", "c", "3"));
		this.context.removeLowCardinalityKeyValues("b", "c");
		assertThat(this.context.getLowCardinalityKeyValues()).isEmpty();
		assertThat(this.context.getAllKeyValues()).isEmpty();
	}

}
