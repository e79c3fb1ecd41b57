// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Scopes include others, also by way of a third.
 */
class ScopeHierarchyTests {

	@Test
	void includingThenAllAboveAndItself() {
		ScopeHierarchy hierarchy = new ScopeHierarchy(List.of("admin > write", "write>read", "root > read > list"));
		assertThat(hierarchy.including("read")).containsExactlyInAnyOrder("read", "write", "admin", "root");
		assertThat(hierarchy.including("list")).containsExactlyInAnyOrder("list", "read", "write", "admin", "root");
		assertThat(hierarchy.including("admin")).containsExactly("admin");
		assertThat(hierarchy.including("other")).containsExactly("other");
	}

	@ParameterizedTest
	@ValueSource(strings = { "write", "write >", "> read", "write > > read", "write read", "a b > c", "", "a > a",
			"a\" > b", "ä > b" })
	void createWhenRuleCannotBeReadThenRefused(String rule) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ScopeHierarchy(List.of(rule)));
	}

	@Test
	void createWhenCircularThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ScopeHierarchy(List.of("a > b", "b > c", "c > a")))
			.withMessageContaining("includes itself");
	}

}
