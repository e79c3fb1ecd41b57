// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.SessionEnded;
import org.junit.jupiter.api.Test;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The default store, which also must not grow with what it refuses.
 */
class InMemorySessionStoreTests extends AbstractSessionStoreTests {

	private final List<Object> events = new ArrayList<>();

	@Override
	protected SessionStore store(Duration idleTimeout, int maxTotal, int maxPerOwner) {
		return new InMemorySessionStore(this.clock, idleTimeout, maxTotal, maxPerOwner, this.events::add);
	}

	@Test
	void createWhenOldestMakesRoomThenItsEndIsTold() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 10, 1);
		store.create(session("a", "alice"));
		store.create(session("b", "alice"));
		assertThat(this.events).containsExactly(new SessionEnded("a", "alice", SessionEnded.Reason.EVICTED));
	}

	@Test
	void findWhenIdleForTooLongThenItsEndIsToldOnce() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 10, 5);
		store.create(session("a", "alice"));
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		assertThat(store.find("a")).isNull();
		assertThat(store.find("a")).isNull();
		assertThat(this.events).containsExactly(new SessionEnded("a", "alice", SessionEnded.Reason.IDLE));
	}

	@Test
	void createWhenOthersAreIdleThenTheirEndIsTold() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 10, 5);
		store.create(session("a", "alice"));
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		store.create(session("b", "bob"));
		assertThat(this.events).containsExactly(new SessionEnded("a", "alice", SessionEnded.Reason.IDLE));
	}

	@Test
	void createWhenRefusedThenOwnerLeavesNoTrace() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 1, 1);
		store.create(session("a", "alice"));
		for (int i = 0; i < 100; i++) {
			assertThat(store.create(session("b-" + i, "bob-" + i))).isFalse();
		}
		assertThat(owners(store)).containsOnlyKeys("alice");
	}

	@Test
	void createWhenOthersAreLongIdleThenTheyAreForgotten() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 100, 1);
		for (int i = 0; i < 50; i++) {
			store.create(session("a-" + i, "alice-" + i));
		}
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		store.create(session("b", "bob"));
		assertThat(owners(store)).containsOnlyKeys("bob");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, ?> owners(SessionStore store) {
		return (Map<String, ?>) ReflectionTestUtils.getField(store, "byOwner");
	}

}
