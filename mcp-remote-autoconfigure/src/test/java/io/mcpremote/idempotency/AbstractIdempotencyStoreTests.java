// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.idempotency.IdempotencyStore.Claim;
import io.mcpremote.idempotency.IdempotencyStore.State;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link IdempotencyStore} does.
 */
abstract class AbstractIdempotencyStoreTests {

	protected static final Duration WINDOW = Duration.ofMinutes(10);

	protected static final Duration LEASE = Duration.ofMinutes(1);

	protected final MutableClock clock = new MutableClock();

	/**
	 * Create a store with room for a megabyte.
	 */
	protected abstract IdempotencyStore store();

	@Test
	void claimThenOnlyOnce() {
		IdempotencyStore store = store();
		assertThat(store.claim(call("alice", "pay 1"), LEASE)).isEqualTo(Claim.CLAIMED);
		assertThat(store.claim(call("alice", "pay 1"), LEASE)).isEqualTo(Claim.RUNNING);
		assertThat(store.claim(call("alice", "pay 2"), LEASE)).isEqualTo(Claim.CLAIMED);
		assertThat(store.claim(call("bob", "pay 1"), LEASE)).isEqualTo(Claim.CLAIMED);
	}

	@Test
	void claimWhenCompleteThenResultUntilWindowEnds() {
		IdempotencyStore store = store();
		CallIdentity call = call("alice", "pay 1");
		store.claim(call, LEASE);
		this.clock.advance(Duration.ofSeconds(50));
		store.complete(call, result("paid", 100), WINDOW);
		this.clock.advance(WINDOW.minusMillis(1));
		assertThat(text(store.claim(call, LEASE))).isEqualTo("paid");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(store.claim(call, LEASE)).isEqualTo(Claim.CLAIMED);
	}

	@Test
	void claimWhenReleasedThenAgain() {
		IdempotencyStore store = store();
		CallIdentity call = call("alice", "pay 1");
		store.claim(call, LEASE);
		store.release(call);
		assertThat(store.claim(call, LEASE)).isEqualTo(Claim.CLAIMED);
		store.complete(call, result("paid", 100), WINDOW);
		store.release(call);
		assertThat(text(store.claim(call, LEASE))).as("what is complete stays").isEqualTo("paid");
	}

	@Test
	void claimWhenDigestDiffersThenOther() {
		IdempotencyStore store = store();
		CallIdentity call = new CallIdentity("alice", "key 1", "aa");
		CallIdentity other = new CallIdentity("alice", "key 1", "bb");
		store.claim(call, LEASE);
		assertThat(store.claim(other, LEASE)).isEqualTo(Claim.OTHER);
		store.complete(call, result("paid", 100), WINDOW);
		assertThat(store.claim(other, LEASE)).isEqualTo(Claim.OTHER);
		assertThat(text(store.claim(call, LEASE))).isEqualTo("paid");
	}

	@Test
	void claimWhenConcurrentThenOneGetsIt() {
		IdempotencyStore store = store();
		for (int round = 0; round < 20; round++) {
			CallIdentity call = call("alice", "pay " + round);
			AtomicInteger claimed = new AtomicInteger();
			Concurrently.run(64, (thread) -> {
				if (store.claim(call, LEASE).state() == State.CLAIMED) {
					claimed.incrementAndGet();
					store.complete(call, result("paid", 100), WINDOW);
				}
			});
			assertThat(claimed).hasValue(1);
		}
	}

	@Test
	void completeWhenOneOwnerWantsAllRoomThenOthersKeepTheirs() {
		IdempotencyStore store = store();
		make(store, call("bob", "pay"), 10_000);
		for (int i = 0; i < 300; i++) {
			make(store, call("alice", "pay " + i), 10_000);
		}
		assertThat(text(store.claim(call("bob", "pay"), LEASE))).isEqualTo("paid");
		assertThat(text(store.claim(call("alice", "pay 299"), LEASE))).as("the newest").isEqualTo("paid");
		assertThat(store.claim(call("alice", "pay 0"), LEASE)).as("the oldest").isEqualTo(Claim.CLAIMED);
	}

	@Test
	void completeWhenFullThenOldestIsForgottenButNoneThatRuns() {
		IdempotencyStore store = store();
		store.claim(call("running", "pay"), LEASE);
		for (int i = 0; i < 200; i++) {
			make(store, call("user " + i, "pay"), 20_000);
		}
		assertThat(store.claim(call("running", "pay"), LEASE)).isEqualTo(Claim.RUNNING);
		assertThat(store.claim(call("user 0", "pay"), LEASE)).isEqualTo(Claim.CLAIMED);
		for (int i = 170; i < 200; i++) {
			assertThat(text(store.claim(call("user " + i, "pay"), LEASE))).isEqualTo("paid");
		}
	}

	@Test
	void completeWhenRoomIsFreeAgainThenKept() {
		IdempotencyStore store = store();
		for (int i = 0; i < 50; i++) {
			make(store, call("user " + i, "pay"), 20_000);
		}
		this.clock.advance(WINDOW);
		for (int i = 0; i < 40; i++) {
			make(store, call("user " + i, "pay"), 20_000);
		}
		for (int i = 0; i < 40; i++) {
			assertThat(text(store.claim(call("user " + i, "pay"), LEASE))).isEqualTo("paid");
		}
	}

	@Test
	void completeWhenConcurrentThenNothingIsLostOrMadeTwice() {
		IdempotencyStore store = store();
		Concurrently.run(16, (thread) -> {
			for (int i = 0; i < 20; i++) {
				make(store, call("user " + thread, "pay " + i), 2_000);
			}
		});
		for (int i = 0; i < 320; i++) {
			assertThat(text(store.claim(call("user " + i % 16, "pay " + i / 16), LEASE))).isEqualTo("paid");
		}
	}

	@Test
	void completeWhenConcurrentAndFullThenRoomIsNotLost() {
		IdempotencyStore store = store();
		Concurrently.run(16, (thread) -> {
			for (int i = 0; i < 200; i++) {
				make(store, call("user " + thread + "-" + i, "pay"), 20_000);
			}
		});
		for (int i = 0; i < 40; i++) {
			make(store, call("later " + i, "pay"), 20_000);
		}
		for (int i = 0; i < 40; i++) {
			assertThat(text(store.claim(call("later " + i, "pay"), LEASE))).isEqualTo("paid");
		}
	}

	private static void make(IdempotencyStore store, CallIdentity call, long size) {
		assertThat(store.claim(call, LEASE)).isEqualTo(Claim.CLAIMED);
		store.complete(call, result("paid", size), WINDOW);
	}

	protected static CallIdentity call(String owner, String name) {
		return new CallIdentity(owner, name, "");
	}

	protected static ResultSnapshot result(String text, long size) {
		return new ResultSnapshot(CallToolResult.builder().addTextContent(text).build(), size);
	}

	protected static String text(Claim claim) {
		assertThat(claim.state()).isEqualTo(State.COMPLETE);
		return ((TextContent) claim.result().content().get(0)).text();
	}

}
