// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.cache.ResultKey.Audience;
import io.mcpremote.cache.ResultStore.Found;
import io.mcpremote.cache.ResultStore.Obsolete;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link ResultStore} does.
 */
abstract class AbstractResultStoreTests {

	protected static final Duration MINUTE = Duration.ofMinutes(1);

	protected final MutableClock clock = new MutableClock();

	/**
	 * Create a store with room for a megabyte, and for a tenth of that in one entry.
	 */
	protected abstract ResultStore store();

	@Test
	void findWhenNothingWasPutThenNothing() {
		assertThat(store().find(key("list", "alice", 1)).result()).isNull();
	}

	@Test
	void findWhenPutThenUntilTimeIsOver() {
		ResultStore store = store();
		put(store, key("list", "alice", 1), "one");
		assertThat(text(store.find(key("list", "alice", 1)))).isEqualTo("one");
		this.clock.advance(MINUTE.minusMillis(1));
		assertThat(text(store.find(key("list", "alice", 1)))).isEqualTo("one");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(store.find(key("list", "alice", 1)).result()).isNull();
	}

	@Test
	void findWhenKeyDiffersThenNothing() {
		ResultStore store = store();
		put(store, key("list", "alice", 1), "one");
		assertThat(store.find(key("list", "alice", 2)).result()).isNull();
		assertThat(store.find(key("list", "bob", 1)).result()).isNull();
		assertThat(store.find(key("other", "alice", 1)).result()).isNull();
		assertThat(store.find(key("list", null, 1)).result()).isNull();
	}

	@Test
	void putWhenThereIsOneThenTheLastOne() {
		ResultStore store = store();
		put(store, key("list", "alice", 1), "one");
		this.clock.advance(Duration.ofSeconds(40));
		put(store, key("list", "alice", 1), "two");
		this.clock.advance(Duration.ofSeconds(40));
		assertThat(text(store.find(key("list", "alice", 1)))).isEqualTo("two");
	}

	@Test
	void invalidateWhenToolThenOnlyItsResultsOfEverybody() {
		ResultStore store = store();
		putSome(store);
		store.invalidate(new Obsolete("list", null));
		assertThat(store.find(key("list", "alice", 1)).result()).isNull();
		assertThat(store.find(key("list", "bob", 1)).result()).isNull();
		assertThat(store.find(key("list", null, 1)).result()).isNull();
		assertThat(store.find(key("get", "alice", 1)).result()).isNotNull();
	}

	@Test
	void invalidateWhenUserThenOnlyTheirResultsOfAllTools() {
		ResultStore store = store();
		putSome(store);
		store.invalidate(new Obsolete(null, "alice"));
		assertThat(store.find(key("list", "alice", 1)).result()).isNull();
		assertThat(store.find(key("get", "alice", 1)).result()).isNull();
		assertThat(store.find(key("list", "bob", 1)).result()).isNotNull();
		assertThat(store.find(key("list", null, 1)).result()).isNotNull();
	}

	@Test
	void invalidateWhenAllThenAll() {
		ResultStore store = store();
		putSome(store);
		store.invalidate(new Obsolete(null, null));
		assertThat(store.find(key("list", "bob", 1)).result()).isNull();
		assertThat(store.find(key("get", "alice", 1)).result()).isNull();
		assertThat(store.find(key("list", null, 1)).result()).isNull();
	}

	@Test
	void putWhenInvalidatedSinceLookedForThenNotFound() {
		for (Obsolete obsolete : List.of(new Obsolete("list", null), new Obsolete(null, "alice"),
				new Obsolete(null, null))) {
			ResultStore store = store();
			ResultKey key = key("list", "alice", 1);
			Found before = store.find(key);
			store.invalidate(obsolete);
			store.put(key, snapshot("stale", 10), before.state(), MINUTE, "alice");
			assertThat(store.find(key).result()).as("%s", obsolete).isNull();
			assertThat(store.find(key).state()).isNotEqualTo(before.state());
			put(store, key, "fresh");
			assertThat(text(store.find(key))).isEqualTo("fresh");
		}
	}

	@Test
	void putWhenTooLargeThenNotKept() {
		ResultStore store = store();
		ResultKey key = key("list", "alice", 1);
		store.put(key, snapshot("large", 200_000), store.find(key).state(), MINUTE, "alice");
		assertThat(store.find(key).result()).isNull();
		ResultKey large = new ResultKey("list", "1", new Audience(null, "alice", null, null, Set.of()), Locale.ENGLISH,
				Map.of("text", "x".repeat(100_000)), Map.of());
		put(store, large, "small");
		assertThat(store.find(large).result()).as("with arguments that are too large").isNull();
	}

	@Test
	void putWhenOneCallerWantsAllRoomThenOthersKeepTheirs() {
		ResultStore store = store();
		put(store, key("list", "bob", 1), "bob's");
		int kept = 0;
		for (int i = 0; i < 300; i++) {
			ResultKey key = key("list", "alice", i);
			store.put(key, snapshot("alice's", 10_000), store.find(key).state(), MINUTE, "alice");
		}
		for (int i = 0; i < 300; i++) {
			kept += (store.find(key("list", "alice", i)).result() != null) ? 1 : 0;
		}
		assertThat(kept).isBetween(1, 10);
		assertThat(text(store.find(key("list", "bob", 1)))).isEqualTo("bob's");
	}

	@Test
	void putWhenRoomIsFreeAgainThenKept() {
		ResultStore store = store();
		for (int i = 0; i < 100; i++) {
			ResultKey key = key("list", "alice", i);
			store.put(key, snapshot("alice's", 10_000), store.find(key).state(), MINUTE, "alice");
		}
		this.clock.advance(MINUTE);
		put(store, key("list", "alice", 1000), "later");
		assertThat(text(store.find(key("list", "alice", 1000)))).isEqualTo("later");
		for (int i = 0; i < 100; i++) {
			ResultKey key = key("list", "alice", i);
			store.put(key, snapshot("alice's", 10_000), store.find(key).state(), MINUTE, "alice");
		}
		store.invalidate(new Obsolete("list", null));
		this.clock.advance(Duration.ofSeconds(2));
		put(store, key("get", "alice", 1), "of another tool");
		assertThat(text(store.find(key("get", "alice", 1)))).isEqualTo("of another tool");
	}

	@Test
	void putAndInvalidateWhenConcurrentThenNeverStale() {
		ResultStore store = store();
		ResultKey key = key("list", "alice", 1);
		AtomicInteger value = new AtomicInteger();
		AtomicInteger checked = new AtomicInteger();
		Concurrently.run(8, (thread) -> {
			for (int i = 0; i < 2000; i++) {
				if (thread == 0) {
					value.incrementAndGet();
					store.invalidate(new Obsolete("list", null));
				}
				else {
					int known = value.get();
					Found found = store.find(key);
					if (found.result() == null) {
						store.put(key, snapshot(Integer.toString(value.get()), 10), found.state(), MINUTE, "alice");
					}
					else {
						// One write may have happened whose invalidation has not yet
						assertThat(Integer.parseInt(text(found))).isGreaterThanOrEqualTo(known - 1);
						checked.incrementAndGet();
					}
				}
			}
		});
		assertThat(checked).hasPositiveValue();
	}

	private static void putSome(ResultStore store) {
		put(store, key("list", "alice", 1), "one");
		put(store, key("get", "alice", 1), "two");
		put(store, key("list", "bob", 1), "three");
		put(store, key("list", null, 1), "four");
	}

	protected static void put(ResultStore store, ResultKey key, String text) {
		store.put(key, snapshot(text, 10), store.find(key).state(), MINUTE, String.valueOf(key.user()));
	}

	protected static ResultKey key(String tool, String user, int number) {
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("number", number);
		return new ResultKey(tool, "1", new Audience(null, user, null, null, Set.of()), Locale.ENGLISH, arguments,
				Map.of());
	}

	protected static ResultSnapshot snapshot(String text, long size) {
		return new ResultSnapshot(CallToolResult.builder().addTextContent(text).build(), size);
	}

	protected static String text(Found found) {
		assertThat(found.result()).isNotNull();
		return TestResults.text(found.result());
	}

}
