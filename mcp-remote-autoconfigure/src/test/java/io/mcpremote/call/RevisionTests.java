// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Knows every revision, and no more.
 */
class RevisionTests {

	@ParameterizedTest
	@EnumSource
	void ofWhenTextOfRevisionThenSame(Revision revision) {
		assertThat(Revision.of(revision.text())).isSameAs(revision);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "2025-06-19", " 2025-06-18", "2025-06-18 ", "V2025_06_18", "2026-07-28-draft" })
	void ofWhenUnknownThenNull(String text) {
		assertThat(Revision.of(text)).isNull();
	}

	@Test
	void newestFirstThenDescending() {
		assertThat(Revision.newestFirst()).containsExactly("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26",
				"2024-11-05");
	}

	@Test
	void isModernThenFrom2026() {
		assertThat(Revision.values()).filteredOn(Revision::isModern).containsExactly(Revision.V2026_07_28);
	}

	@Test
	void newestLegacyThenLastWithHandshake() {
		assertThat(Revision.newestLegacy()).isEqualTo(Revision.V2025_11_25).matches((revision) -> !revision.isModern());
	}

}
