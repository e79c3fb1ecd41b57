// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryResultStoreTests extends AbstractResultStoreTests {

	@Override
	protected ResultStore store() {
		return new InMemoryResultStore(1_000_000, 100_000, this.clock);
	}

	@Test
	void putWhenManyCallersThenBounded() {
		ResultStore store = store();
		for (int i = 0; i < 500; i++) {
			ResultKey key = key("list", "user " + i, i);
			store.put(key, snapshot("text", 50_000), store.find(key).state(), MINUTE, "user " + i);
		}
		int kept = 0;
		for (int i = 0; i < 500; i++) {
			kept += (store.find(key("list", "user " + i, i)).result() != null) ? 1 : 0;
		}
		assertThat(kept).isBetween(10, 19);
	}

}
