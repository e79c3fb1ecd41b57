// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NumbersTests {

	@Test
	void addWhenInAnyOrderThenEachIsThere() {
		List<Long> order = new ArrayList<>(LongStream.range(3, 500).boxed().toList());
		Collections.shuffle(order, new Random(3));
		Numbers numbers = new Numbers();
		for (long number : order) {
			assertThat(numbers.has(number)).isFalse();
			numbers.add(number);
			numbers.add(number);
			assertThat(numbers.has(number)).isTrue();
		}
		assertThat(order).allMatch(numbers::has);
		assertThat(numbers.has(2)).isFalse();
		assertThat(numbers.has(500)).isFalse();
		assertThat(numbers.gap()).isEqualTo(-1);
	}

	@Test
	void gapThenFirstNumberThatIsMissing() {
		Numbers numbers = new Numbers();
		assertThat(numbers.gap()).isEqualTo(-1);
		for (long number : new long[] { 5, 6, 9, 8, 2_000_000_000_000L }) {
			numbers.add(number);
		}
		assertThat(numbers.gap()).isEqualTo(7);
		numbers.add(7);
		assertThat(numbers.gap()).isEqualTo(10);
	}

}
