// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.Caller;
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
	void createWhenAddressesOfOneNetworkThenOneCapForAll() {
		SessionStore store = store(TestSessions.IDLE_TIMEOUT, 100, 2);
		for (int i = 1; i <= 5; i++) {
			store.create(session("a-" + i, Caller.anonymous("2001:db8:0:1:0:0:0:" + i).ownerKey()));
			this.clock.advance(Duration.ofSeconds(1));
		}
		store.create(session("b", Caller.anonymous("2001:db8:0:2:0:0:0:1").ownerKey()));
		store.create(session("c", Caller.anonymous("192.0.2.1").ownerKey()));
		assertThat(store.count()).hasValue(4);
		assertThat(store.find("a-5")).isNotNull();
		assertThat(store.find("a-1")).isNull();
		String one = Caller.anonymous("2001:db8:0:1:0:0:0:5").ownerKey();
		assertThat(store.removeAll(one::equals)).extracting(SessionRecord::id).containsExactly("a-5");
		store.remove("a-4");
		assertThat(owners(store)).hasSize(2);
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
