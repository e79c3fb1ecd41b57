// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Equal JSON has one digest, everything else another.
 */
class JsonDigestTests {

	@Test
	void ofWhenMembersInOtherOrderThenSame() {
		Map<String, Object> one = new LinkedHashMap<>();
		one.put("a", 1);
		one.put("b", List.of(Map.of("x", "y")));
		Map<String, Object> other = new LinkedHashMap<>();
		other.put("b", List.of(Map.of("x", "y")));
		other.put("a", 1);
		assertThat(JsonDigest.of(one)).isEqualTo(JsonDigest.of(other)).matches("[0-9a-f]{64}");
	}

	@Test
	void ofWhenDifferentThenDifferent() {
		List<Object> all = Arrays.asList(null, "null", true, "true", 1, 1.0, "1", -0.0, 0.0, 0,
				new BigInteger("123456789012345678901234567890"), 1.2345678901234568E29, "", List.of(), Map.of(),
				List.of(List.of()), List.of(Map.of()), List.of("a", "b"), List.of("b", "a"), List.of("ab"),
				List.of("a", List.of("b")), Map.of("a", "b"), Map.of("a", Map.of("b", "c")),
				Map.of("a", Map.of(), "b", "c"), Map.of("a", List.of("b")), "\u00e9", "e\u0301", "1:a", "s1:a");
		assertThat(all.stream().map(JsonDigest::of)).doesNotHaveDuplicates();
	}

	@Test
	void sizeThenGrowsWithContent() {
		Map<String, Object> small = Map.of("a", "b");
		Map<String, Object> large = Map.of("a", "b".repeat(1000), "c", List.of(1, 2, 3));
		assertThat(JsonSize.of(small)).isLessThan(500);
		assertThat(JsonSize.of(large)).isBetween(2000L, 4000L);
		assertThat(JsonSize.of(null)).isPositive();
	}

}
