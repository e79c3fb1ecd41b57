// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import io.mcpremote.idempotency.IdempotencyStore.Claim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryIdempotencyStoreTests extends AbstractIdempotencyStoreTests {

	@Override
	protected IdempotencyStore store() {
		return new InMemoryIdempotencyStore(1_000_000, 100_000, this.clock);
	}

	@Test
	void completeWhenLargerThanAllRoomThenTheNewestStays() {
		IdempotencyStore store = new InMemoryIdempotencyStore(1000, 1000, this.clock);
		for (int i = 0; i < 3; i++) {
			store.claim(call("alice", "pay " + i), LEASE);
			store.complete(call("alice", "pay " + i), result("paid", 5000), WINDOW);
		}
		assertThat(text(store.claim(call("alice", "pay 2"), LEASE))).isEqualTo("paid");
		assertThat(store.claim(call("alice", "pay 1"), LEASE)).isEqualTo(Claim.CLAIMED);
	}

}
