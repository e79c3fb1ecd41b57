// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.Caller;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The caller is there while its call runs, and only then.
 */
class CallerScopeTests {

	private static final Caller OUTER = Caller.anonymous("192.0.2.1");

	private static final Caller INNER = Caller.anonymous("192.0.2.2");

	private final CallerScope scope = new CallerScope();

	@Test
	void getWhenNestedThenInnermost() {
		this.scope.run(OUTER, () -> {
			assertThat(this.scope.<Caller>run(INNER, this.scope::get)).isEqualTo(INNER);
			assertThat(this.scope.get()).isEqualTo(OUTER);
			return "";
		});
		assertThatIllegalStateException().isThrownBy(this.scope::get).withMessageContaining("no MCP call here");
	}

	@Test
	void reactiveWhenOutsideOfCallsThenError() {
		assertThatIllegalStateException().isThrownBy(() -> this.scope.reactive().block());
		assertThat(this.scope.reactive().contextWrite((context) -> context.put(Caller.class, INNER)).block())
			.isEqualTo(INNER);
	}

}
