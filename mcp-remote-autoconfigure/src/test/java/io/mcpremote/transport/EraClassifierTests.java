// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EraClassifierTests {

	private static final String CLAIM = "io.modelcontextprotocol/protocolVersion";

	@ParameterizedTest(name = "header {0}, envelope {1}: modern {2}")
	@CsvSource(textBlock = """
			,              ,           false
			2024-11-05,    ,           false
			2025-03-26,    ,           false
			2025-06-18,    ,           false
			2025-11-25,    ,           false
			' 2025-11-25 ',,           false
			2026-07-28,    ,           true
			2099-01-01,    ,           true
			garbage,       ,           true
			'',            ,           true
			,              2026-07-28, true
			,              2025-11-25, true
			,              garbage,    true
			,              '',         true
			2025-11-25,    2026-07-28, true
			2026-07-28,    2026-07-28, true
			""")
	void isModernWhenHeaderAndEnvelopeThenEitherDecides(String header, String claim, boolean modern) {
		Map<String, Object> meta = (claim != null) ? Map.of(CLAIM, claim) : Map.of("progressToken", 1);
		assertThat(EraClassifier.isModern(Map.of("params", Map.of("_meta", meta)), header)).isEqualTo(modern);
	}

	@Test
	void isModernWhenClaimOfAnyTypeThenModern() {
		assertThat(isModern(Map.of("params", Map.of("_meta", Map.of(CLAIM, 5))))).isTrue();
		assertThat(isModern(Map.of("params", Map.of("_meta", Collections.singletonMap(CLAIM, null))))).isTrue();
	}

	@Test
	void isModernWhenNoEnvelopeThenLegacy() {
		assertThat(isModern(null)).isFalse();
		assertThat(isModern("text")).isFalse();
		assertThat(isModern(List.of())).isFalse();
		assertThat(isModern(Map.of())).isFalse();
		assertThat(isModern(Map.of("params", List.of()))).isFalse();
		assertThat(isModern(Map.of("params", Map.of("_meta", "text")))).isFalse();
		assertThat(isModern(Map.of("_meta", Map.of(CLAIM, "2026-07-28")))).isFalse();
		assertThat(isModern(Map.of("params", Map.of("arguments", Map.of(CLAIM, "2026-07-28"))))).isFalse();
	}

	private static boolean isModern(Object json) {
		return EraClassifier.isModern(json, null);
	}

}
