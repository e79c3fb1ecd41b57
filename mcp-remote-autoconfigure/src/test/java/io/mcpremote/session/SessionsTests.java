// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.mcpremote.call.Caller;
import io.mcpremote.call.SessionEnded;
import io.mcpremote.call.SessionStarted;
import io.mcpremote.call.TestCalls;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session is its owner's, and ends when nobody uses it.
 */
class SessionsTests {

	private final MutableClock clock = new MutableClock();

	private final List<Object> events = new ArrayList<>();

	private final CountingStore store = new CountingStore(
			new InMemorySessionStore(this.clock, TestSessions.IDLE_TIMEOUT, 10, 5, this.events::add));

	private final Sessions sessions = new Sessions(this.store, this.clock, TestSessions.properties(), this.events::add);

	@Test
	void beginThenKeepsWhatClientSaid() {
		SessionRecord session = begin(TestCalls.ALICE);
		assertThat(session.format()).isEqualTo(SessionRecord.FORMAT);
		assertThat(session.protocolVersion()).isEqualTo("2025-06-18");
		assertThat(session.capabilities()).containsKey("roots");
		assertThat(session.owner()).isEqualTo(TestCalls.ALICE.ownerKey());
		assertThat(this.sessions.current(session.id())).isEqualTo(session);
	}

	@Test
	void endThenBeginningAndEndAreTold() {
		SessionRecord session = begin(TestCalls.ALICE);
		SessionRecord other = begin(TestCalls.BOB);
		SessionRecord third = begin(TestCalls.BOB);
		assertThat(this.events).hasSize(3).first().isInstanceOfSatisfying(SessionStarted.class, (started) -> {
			assertThat(started.sessionId()).isEqualTo(session.id());
			assertThat(started.caller()).isEqualTo(TestCalls.ALICE);
			assertThat(started.version()).isEqualTo("2025-06-18");
		});
		this.events.clear();
		this.sessions.end(session);
		this.sessions.end(session);
		this.sessions.end(other.id());
		this.sessions.endAll(TestCalls.BOB.ownerKey()::equals);
		assertThat(this.events).containsExactly(
				new SessionEnded(session.id(), TestCalls.ALICE.ownerKey(), SessionEnded.Reason.DELETED),
				new SessionEnded(other.id(), TestCalls.BOB.ownerKey(), SessionEnded.Reason.REVOKED),
				new SessionEnded(third.id(), TestCalls.BOB.ownerKey(), SessionEnded.Reason.REVOKED));
	}

	@Test
	void beginWhenAListenerFailsThenThereIsASessionAllTheSame() {
		Sessions told = new Sessions(this.store, this.clock, TestSessions.properties(), (event) -> {
			throw new IllegalStateException("Not listening");
		});
		assertThat(told.begin(TestCalls.ALICE, "2025-06-18", Map.of(), Map.of())).isNotNull();
	}

	@Test
	void beginThenIdsCannotBeGuessed() {
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			ids.add(begin(TestCalls.ALICE).id());
		}
		assertThat(ids).hasSize(100).allSatisfy((id) -> assertThat(id).matches("[A-Za-z0-9_-]{32}"));
	}

	@Test
	void beginWhenNoRoomThenNull() {
		for (int i = 0; i < 10; i++) {
			begin(Caller.anonymous("192.0.2." + i));
		}
		assertThat(begin(TestCalls.ALICE)).isNull();
	}

	@Test
	void useWhenOwnThenFound() {
		SessionRecord session = begin(TestCalls.ALICE);
		assertThat(this.sessions.use(session.id(), TestCalls.ALICE)).isEqualTo(session);
	}

	@Test
	void useWhenSomebodyElsesThenNotFoundAndNotTouched() {
		SessionRecord session = begin(TestCalls.ALICE);
		this.clock.advance(Duration.ofMinutes(20));
		assertThat(this.sessions.use(session.id(), TestCalls.BOB)).isNull();
		assertThat(this.sessions.use(session.id(), Caller.anonymous("192.0.2.1"))).isNull();
		assertThat(this.store.updates).hasValue(0);
		assertThat(this.sessions.use(session.id(), TestCalls.ALICE)).isNotNull();
	}

	@Test
	void useWhenSameSubjectThroughAnotherClientThenNotFound() {
		SessionRecord session = begin(TestCalls.ALICE);
		assertThat(this.sessions.use(session.id(), new Caller("alice", "https://issuer.example", "client-2", "x")))
			.isNull();
	}

	@Test
	void useWhenUnknownThenNull() {
		assertThat(this.sessions.use("nope", TestCalls.ALICE)).isNull();
	}

	@Test
	void useWhenUsedAMomentAgoThenStoreIsNotChanged() {
		SessionRecord session = begin(TestCalls.ALICE);
		this.clock.advance(TestSessions.IDLE_TIMEOUT.dividedBy(20));
		this.sessions.use(session.id(), TestCalls.ALICE);
		assertThat(this.store.updates).hasValue(0);
	}

	@Test
	void useWhenNotUsedForAWhileThenStaysAlive() {
		SessionRecord session = begin(TestCalls.ALICE);
		for (int i = 0; i < 5; i++) {
			this.clock.advance(TestSessions.IDLE_TIMEOUT.minusSeconds(1));
			SessionRecord used = this.sessions.use(session.id(), TestCalls.ALICE);
			assertThat(used).isNotNull();
			assertThat(used.lastUsed()).isEqualTo(this.clock.instant());
		}
		assertThat(this.store.updates).hasValue(5);
	}

	@Test
	void useWhenIdleForTooLongThenNull() {
		SessionRecord session = begin(TestCalls.ALICE);
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		assertThat(this.sessions.use(session.id(), TestCalls.ALICE)).isNull();
	}

	@Test
	void changeThenKept() {
		SessionRecord session = begin(TestCalls.ALICE);
		this.sessions.change(session.id(), (current) -> current.withLogLevel("debug"));
		assertThat(this.sessions.use(session.id(), TestCalls.ALICE)).extracting(SessionRecord::logLevel)
			.isEqualTo("debug");
	}

	@Test
	void liveThenOnePerSession() {
		SessionRecord session = begin(TestCalls.ALICE);
		LiveSession live = this.sessions.live(session);
		assertThat(this.sessions.live(session)).isSameAs(live);
		assertThat(live.id()).isEqualTo(session.id());
		assertThat(this.sessions.live(begin(TestCalls.ALICE))).isNotSameAs(live);
	}

	@Test
	void endThenGoneAndClosed() {
		SessionRecord session = begin(TestCalls.ALICE);
		CompletableFuture<Map<String, Object>> answer = this.sessions.live(session).expect("r-1");
		this.sessions.end(session);
		assertThat(this.sessions.current(session.id())).isNull();
		assertThat(answer).isCancelled();
	}

	@Test
	void sweepWhenIdleThenClosesStreamsAndAttachments() {
		SessionRecord session = begin(TestCalls.ALICE);
		LiveSession live = this.sessions.live(session);
		AtomicInteger closed = new AtomicInteger();
		live.attach(Runnable.class, closed::incrementAndGet);
		CompletableFuture<Map<String, Object>> answer = live.expect("r-1");
		this.sessions.sweep();
		assertThat(closed).hasValue(0);
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		this.sessions.sweep();
		this.sessions.sweep();
		assertThat(closed).hasValue(1);
		assertThat(answer).isCancelled();
	}

	@Test
	void sweepWhenEndedElsewhereThenCloses() {
		SessionRecord session = begin(TestCalls.ALICE);
		CompletableFuture<Map<String, Object>> answer = this.sessions.live(session).expect("r-1");
		this.store.remove(session.id());
		this.sessions.sweep();
		assertThat(answer).isCancelled();
	}

	@Test
	void sweepWhenClientListensThenStaysAlive() {
		SessionRecord session = begin(TestCalls.ALICE);
		TestSink sink = new TestSink();
		this.sessions.live(session).listen(null, sink, (uri) -> true);
		for (int i = 0; i < 4; i++) {
			this.clock.advance(TestSessions.IDLE_TIMEOUT.minusSeconds(1));
			this.sessions.sweep();
		}
		assertThat(this.sessions.current(session.id())).isNotNull();
		sink.end();
		this.clock.advance(TestSessions.IDLE_TIMEOUT.plusSeconds(1));
		this.sessions.sweep();
		assertThat(this.sessions.current(session.id())).isNull();
	}

	@Test
	void sweepIntervalThenWellBeforeSessionsAreIdle() {
		assertThat(this.sessions.sweepInterval()).isEqualTo(Duration.ofSeconds(30));
		Sessions brief = new Sessions(this.store, this.clock, new McpRemoteSessionProperties(true, false,
				Duration.ofSeconds(6), 10, 5, 10, Duration.ofSeconds(20), 100, 10, 10, DataSize.ofKilobytes(1)),
				this.events::add);
		assertThat(brief.sweepInterval()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void closeThenStreamsEndAndRecordsStay() {
		SessionRecord session = begin(TestCalls.ALICE);
		TestSink sink = new TestSink();
		this.sessions.live(session).listen(null, sink, (uri) -> true);
		this.sessions.close();
		assertThat(sink.completed()).isEqualTo(1);
		assertThat(this.sessions.current(session.id())).isNotNull();
	}

	@Test
	void answerWhenExpectedThenOnce() {
		LiveSession live = this.sessions.live(begin(TestCalls.ALICE));
		String id = live.nextRequestId();
		CompletableFuture<Map<String, Object>> answer = live.expect(id);
		assertThat(live.answer("other", Map.of())).isFalse();
		assertThat(live.answer(id, Map.of("result", Map.of()))).isTrue();
		assertThat(live.answer(id, Map.of())).isFalse();
		assertThat(answer).isCompletedWithValue(Map.of("result", Map.of()));
	}

	@Test
	void nextRequestIdThenDiffersBetweenRequestsAndReplicas() {
		SessionRecord session = begin(TestCalls.ALICE);
		Sessions replica = new Sessions(this.store, this.clock, TestSessions.properties(), this.events::add);
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			ids.add(this.sessions.live(session).nextRequestId());
			ids.add(replica.live(session).nextRequestId());
		}
		assertThat(ids).hasSize(20);
	}

	@Test
	void listenWhenComesBackThenWhatWasMissed() {
		LiveSession live = this.sessions.live(begin(TestCalls.ALICE));
		String last = live.standalone().append("a".getBytes(StandardCharsets.UTF_8));
		live.standalone().append("b".getBytes(StandardCharsets.UTF_8));
		TestSink fresh = new TestSink();
		assertThat(live.listen(null, fresh, (uri) -> true)).isTrue();
		assertThat(fresh.messages).isEmpty();
		TestSink back = new TestSink();
		assertThat(live.canResume(last)).isTrue();
		assertThat(live.listen(last, back, (uri) -> true)).isTrue();
		assertThat(back.messages).containsExactly("b");
		assertThat(live.listen("nope_1", new TestSink(), (uri) -> true)).isFalse();
		assertThat(live.isListening()).isTrue();
	}

	@Test
	void attachWhenKeptBeforeThenFirstStays() {
		LiveSession live = this.sessions.live(begin(TestCalls.ALICE));
		assertThat(live.attachment(String.class)).isNull();
		assertThat(live.attach(String.class, "first")).isEqualTo("first");
		assertThat(live.attach(String.class, "second")).isEqualTo("first");
		assertThat(live.attachment(String.class)).isEqualTo("first");
	}

	private SessionRecord begin(Caller caller) {
		return this.sessions.begin(caller, "2025-06-18", Map.of("roots", Map.of()), Map.of("name", "test"));
	}

	/**
	 * Counts what could cost a round trip.
	 */
	private static final class CountingStore implements SessionStore {

		final AtomicInteger updates = new AtomicInteger();

		private final SessionStore delegate;

		CountingStore(SessionStore delegate) {
			this.delegate = delegate;
		}

		@Override
		public boolean create(SessionRecord session) {
			return this.delegate.create(session);
		}

		@Override
		public SessionRecord find(String id) {
			return this.delegate.find(id);
		}

		@Override
		public SessionRecord update(String id, UnaryOperator<SessionRecord> change) {
			this.updates.incrementAndGet();
			return this.delegate.update(id, change);
		}

		@Override
		public SessionRecord remove(String id) {
			return this.delegate.remove(id);
		}

		@Override
		public Set<SessionRecord> removeAll(Predicate<String> owner) {
			return this.delegate.removeAll(owner);
		}

	}

}
