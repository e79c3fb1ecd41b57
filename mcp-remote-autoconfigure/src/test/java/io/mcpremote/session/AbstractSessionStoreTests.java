// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link SessionStore} does.
 */
abstract class AbstractSessionStoreTests {

	protected final MutableClock clock = new MutableClock();

	/**
	 * Create an empty store.
	 */
	protected abstract SessionStore store(Duration idleTimeout, int maxTotal, int maxPerOwner);

	@Test
	void findWhenCreatedThenSame() {
		SessionStore store = store();
		SessionRecord session = session("a", "alice").subscribe("file:///x").withLogLevel("debug");
		assertThat(store.create(session)).isTrue();
		assertThat(store.find("a")).isEqualTo(session);
	}

	@Test
	void removeAllThenSessionsOfThoseOwnersOnly() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 4, 3);
		store.create(session("a", "alice"));
		store.create(session("b", "alice"));
		store.create(session("c", "bob"));
		store.create(session("d", "carol"));
		assertThat(store.removeAll((owner) -> !owner.contains("carol"))).extracting(SessionRecord::id)
			.containsExactlyInAnyOrder("a", "b", "c");
		assertThat(store.find("a")).isNull();
		assertThat(store.find("d")).isNotNull();
		assertThat(store.removeAll((owner) -> owner.contains("alice"))).isEmpty();
		// Whose places are free again
		assertThat(store.create(session("e", "alice"))).isTrue();
	}

	@Test
	void findWhenUnknownThenNull() {
		assertThat(store().find("a")).isNull();
	}

	@Test
	void createWhenOwnerHasManyThenLeastRecentlyUsedMakesRoom() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 100, 3);
		for (String id : List.of("a", "b", "c")) {
			store.create(session(id, "alice"));
			this.clock.advance(Duration.ofSeconds(1));
		}
		store.create(session("z", "bob"));
		store.update("a", (session) -> session.usedAt(this.clock.instant()));
		assertThat(store.create(session("d", "alice"))).isTrue();
		assertThat(store.find("b")).isNull();
		assertThat(List.of("a", "c", "d", "z")).allSatisfy((id) -> assertThat(store.find(id)).isNotNull());
	}

	@Test
	void createWhenOneSessionPerOwnerThenNewestIsKept() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 100, 1);
		store.create(session("a", "alice"));
		assertThat(store.create(session("b", "alice"))).isTrue();
		assertThat(store.find("a")).isNull();
		assertThat(store.find("b")).isNotNull();
		assertThat(store.create(session("c", "alice"))).isTrue();
		assertThat(store.find("b")).isNull();
	}

	@Test
	void createWhenTotalIsReachedThenRefuses() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 2, 2);
		assertThat(store.create(session("a", "alice"))).isTrue();
		assertThat(store.create(session("b", "bob"))).isTrue();
		assertThat(store.create(session("c", "carol"))).isFalse();
		assertThat(store.find("c")).isNull();
		assertThat(store.find("a")).isNotNull();
	}

	@Test
	void createWhenTotalIsReachedAndOneEndsThenRoom() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 1, 1);
		store.create(session("a", "alice"));
		assertThat(store.create(session("b", "bob"))).isFalse();
		store.remove("a");
		assertThat(store.create(session("b", "bob"))).isTrue();
	}

	@Test
	void createWhenTotalIsReachedAndOthersAreIdleThenRoom() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 2, 2);
		store.create(session("a", "alice"));
		store.create(session("b", "bob"));
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		assertThat(store.create(session("c", "carol"))).isTrue();
		assertThat(store.create(session("d", "carol"))).isTrue();
		assertThat(store.create(session("e", "dave"))).isFalse();
	}

	@Test
	void createWhenOwnerHasManyAndTotalIsReachedThenOwnMakesRoom() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 2, 1);
		store.create(session("a", "alice"));
		store.create(session("b", "bob"));
		assertThat(store.create(session("c", "alice"))).isTrue();
		assertThat(store.find("a")).isNull();
		assertThat(store.find("b")).isNotNull();
	}

	@Test
	void findWhenIdleThenNull() {
		SessionStore store = store();
		store.create(session("a", "alice"));
		this.clock.advance(TestSessions.IDLE_TIMEOUT.minusSeconds(1));
		assertThat(store.find("a")).isNotNull();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(store.find("a")).isNull();
	}

	@Test
	void findWhenUsedMeanwhileThenStillThere() {
		SessionStore store = store();
		store.create(session("a", "alice"));
		this.clock.advance(TestSessions.IDLE_TIMEOUT.minusSeconds(1));
		store.update("a", (session) -> session.usedAt(this.clock.instant()));
		this.clock.advance(TestSessions.IDLE_TIMEOUT.minusSeconds(1));
		assertThat(store.find("a")).isNotNull();
	}

	@Test
	void updateThenReturnsAndKeepsChange() {
		SessionStore store = store();
		store.create(session("a", "alice"));
		SessionRecord changed = store.update("a", (session) -> session.withLogLevel("error"));
		assertThat(changed).isNotNull();
		assertThat(changed.logLevel()).isEqualTo("error");
		assertThat(store.find("a")).isEqualTo(changed);
	}

	@Test
	void updateWhenUnknownThenNull() {
		assertThat(store().update("a", (session) -> session.withLogLevel("error"))).isNull();
	}

	@Test
	void updateWhenRemovedThenDoesNotBringBack() {
		SessionStore store = store();
		store.create(session("a", "alice"));
		store.remove("a");
		assertThat(store.update("a", (session) -> session.withLogLevel("error"))).isNull();
		assertThat(store.find("a")).isNull();
	}

	@Test
	void updateWhenIdleThenDoesNotBringBack() {
		SessionStore store = store();
		store.create(session("a", "alice"));
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		assertThat(store.update("a", (session) -> session.usedAt(this.clock.instant()))).isNull();
		assertThat(store.find("a")).isNull();
	}

	@Test
	void updateWhenConcurrentThenNoChangeIsLost() {
		SessionStore store = store();
		store.create(session("a", "alice"));
		Concurrently.run(4, (thread) -> {
			for (int i = 0; i < 50; i++) {
				String uri = thread + "/" + i;
				store.update("a", (session) -> session.subscribe(uri));
			}
		});
		SessionRecord session = store.find("a");
		assertThat(session).isNotNull();
		assertThat(session.subscriptions()).hasSize(200);
	}

	@Test
	void removeThenReturnsWhatWasThere() {
		SessionStore store = store();
		SessionRecord session = session("a", "alice");
		store.create(session);
		assertThat(store.remove("a")).isEqualTo(session);
		assertThat(store.remove("a")).isNull();
		assertThat(store.find("a")).isNull();
	}

	@Test
	void removeThenOwnerHasRoomAgain() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 100, 2);
		store.create(session("a", "alice"));
		store.create(session("b", "alice"));
		store.remove("b");
		store.create(session("c", "alice"));
		assertThat(store.find("a")).isNotNull();
	}

	@Test
	void createWhenConcurrentAndOneOwnerThenAtMostCap() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 1000, 10);
		int threads = 8;
		int each = 2500;
		AtomicInteger refused = new AtomicInteger();
		Concurrently.run(threads, (thread) -> {
			for (int i = 0; i < each; i++) {
				if (!store.create(session(thread + "-" + i, "alice"))) {
					refused.incrementAndGet();
				}
			}
		});
		Set<String> kept = new HashSet<>();
		IntStream.range(0, threads)
			.forEach((thread) -> IntStream.range(0, each)
				.mapToObj((i) -> thread + "-" + i)
				.filter((id) -> store.find(id) != null)
				.forEach(kept::add));
		assertThat(kept).hasSize(10);
		assertThat(refused).hasValue(0);
	}

	@Test
	void createWhenConcurrentAndManyOwnersThenAtMostTotal() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 100, 10);
		AtomicInteger kept = new AtomicInteger();
		Concurrently.run(8, (thread) -> {
			for (int i = 0; i < 100; i++) {
				if (store.create(session(thread + "-" + i, "owner-" + thread + "-" + i))) {
					kept.incrementAndGet();
				}
			}
		});
		assertThat(kept).hasValue(100);
	}

	protected final SessionStore store() {
		return store(TestSessions.IDLE_TIMEOUT, 100, 10);
	}

	protected final SessionRecord session(String id, String owner) {
		return TestSessions.of(id, owner, this.clock.instant());
	}

}
