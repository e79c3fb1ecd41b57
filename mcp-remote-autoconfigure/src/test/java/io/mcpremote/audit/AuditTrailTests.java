// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import io.mcpremote.audit.McpRemoteAuditProperties.Overflow;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events get to their sinks, whatever other sinks do.
 */
class AuditTrailTests {

	private static final long PATIENCE = Duration.ofMillis(200).toNanos();

	/**
	 * Arguments of an event of which eight fit into a queue.
	 */
	private static final String LARGE = "x".repeat(1_000_000);

	private final MutableClock clock = new MutableClock();

	private final RecordingSink sink = new RecordingSink();

	private final CountDownLatch released = new CountDownLatch(1);

	private AuditTrail trail;

	@AfterEach
	void stop() {
		this.released.countDown();
		if (this.trail != null) {
			this.trail.destroy();
		}
	}

	@Test
	void recordThenAllSinksGetAllInOrder() {
		RecordingSink other = new RecordingSink("other", false);
		start(List.of(this.sink, other), 8192, Overflow.DROP);
		record(0, 1000);
		this.sink.await(Type.CALL, 1000);
		other.await(Type.CALL, 1000);
		assertThat(this.sink.events()).extracting(AuditEvent::id).containsExactlyElementsOf(ids(0, 1000));
		assertThat(other.events()).isEqualTo(this.sink.events());
		assertThat(this.sink.batches().size()).isLessThan(1000);
		assertThat(this.trail.states()).allMatch((state) -> state.lost() == 0);
	}

	@Test
	void recordWhenManyAtOnceThenNoneIsLost() {
		start(List.of(this.sink), 64, Overflow.BLOCK);
		Concurrently.run(8, (thread) -> record(1000 * thread, 1000 * thread + 1000));
		this.sink.await(Type.CALL, 8000);
		assertThat(this.sink.events()).extracting(AuditEvent::id).containsExactlyInAnyOrderElementsOf(ids(0, 8000));
	}

	@Test
	void recordWhenASinkHangsThenOthersGetEventsAndLossesAreCounted() {
		AuditSink hanging = new HangingSink("hanging", this.released);
		start(List.of(hanging, this.sink), 16, Overflow.DROP);
		for (int i = 0; i < 200; i++) {
			record(i, i + 1);
			this.sink.await(Type.CALL, i + 1);
		}
		assertThat(this.sink.events(Type.CALL)).extracting(AuditEvent::id).containsExactlyElementsOf(ids(0, 200));
		Eventually.until("losses are counted", () -> lost("hanging") >= 200 - 16 - 17);
		assertThat(lost("recording")).isZero();
		assertThat(AuditCount.dropped(this.trail).count()).isGreaterThanOrEqualTo(lost("hanging"));
		assertThat(AuditCount.queued(this.trail).count()).isPositive();
	}

	@Test
	void recordWhenASinkHangsAndCallsWouldWaitThenNotForEver() {
		start(List.of(new HangingSink("hanging", this.released)), 4, Overflow.BLOCK);
		for (int i = 0; i < 40 && lost("") == 0; i++) {
			record(i, i + 1);
		}
		assertThat(lost("")).isPositive();
	}

	@Test
	void recordWhenASinkFailsThenItsLossesAreReportedToIt() {
		AtomicInteger failures = new AtomicInteger(3);
		RecordingSink failing = new RecordingSink("failing", false) {

			@Override
			public void append(List<AuditEvent> events) {
				if (failures.getAndDecrement() > 0) {
					throw new AuditException("The disk is full", null);
				}
				super.append(events);
			}

		};
		start(List.of(failing, this.sink), 100, Overflow.DROP);
		for (int i = 0; i < 10; i++) {
			record(i, i + 1);
			this.sink.await(Type.CALL, i + 1);
		}
		List<AuditEvent> losses = failing.await(Type.LOSS, 1);
		int lost = losses.stream().mapToInt((loss) -> Integer.parseInt(loss.details().get("count"))).sum();
		failing.await(Type.CALL, 10 - lost);
		assertThat(lost).isBetween(1, 10).isEqualTo((int) lost("failing"));
		assertThat(losses.get(0).details()).containsEntry("where", "failing");
		assertThat(this.sink.events(Type.LOSS)).isEmpty();
	}

	@Test
	void recordWhenASinkThrowsAnErrorThenItGoesOn() {
		AtomicInteger calls = new AtomicInteger();
		RecordingSink failing = new RecordingSink("failing", false) {

			@Override
			public void append(List<AuditEvent> events) {
				if (calls.getAndIncrement() == 0) {
					throw new StackOverflowError();
				}
				super.append(events);
			}

		};
		start(List.of(failing), 100, Overflow.DROP);
		record(0, 1);
		Eventually.until("the event is lost", () -> lost("failing") == 1);
		record(1, 2);
		assertThat(failing.await(Type.CALL, 1)).extracting(AuditEvent::id).containsExactly("c-1");
	}

	@Test
	void recordWhenASinkCannotTakeOneEventThenItHasTheOthers() {
		RecordingSink picky = new RecordingSink("picky", true) {

			@Override
			public void append(List<AuditEvent> events) {
				if (events.stream().anyMatch((event) -> event.id().equals("c-77"))) {
					throw new IllegalArgumentException("No");
				}
				super.append(events);
			}

		};
		// Not started yet, so that they come at once
		this.trail = new AuditTrail(List.of(picky), properties(8192, Overflow.DROP, false), this.clock);
		record(0, 500);
		this.trail.start();
		picky.await(Type.CALL, 499);
		Eventually.until("the event is lost", () -> lost("picky") == 1);
		assertThat(picky.events(Type.CALL)).extracting(AuditEvent::id)
			.containsExactlyElementsOf(ids(0, 500).stream().filter((id) -> !id.equals("c-77")).toList());
	}

	@Test
	void recordWhenASinkThrowsForEverThenItIsNotAskedForEachEvent() {
		AtomicInteger calls = new AtomicInteger();
		RecordingSink broken = new RecordingSink("broken", true) {

			@Override
			public void append(List<AuditEvent> events) {
				calls.incrementAndGet();
				throw new IllegalStateException("No");
			}

		};
		this.trail = new AuditTrail(List.of(broken), properties(8192, Overflow.DROP, false), this.clock);
		record(0, 500);
		this.trail.start();
		Eventually.until("they are lost", () -> lost("broken") == 500);
		assertThat(calls.get()).isLessThan(200);
	}

	@Test
	void recordWhenASinkLeavesItsThreadInterruptedThenItGoesOn() {
		RecordingSink interrupting = new RecordingSink("interrupting", false) {

			@Override
			public void append(List<AuditEvent> events) {
				super.append(events);
				Thread.currentThread().interrupt();
			}

		};
		start(List.of(interrupting), 100, Overflow.DROP);
		for (int i = 0; i < 5; i++) {
			record(i, i + 1);
			interrupting.await(Type.CALL, i + 1);
		}
		assertThat(lost("interrupting")).isZero();
	}

	@Test
	void recordWhenCallsWaitThenASinkThatIsNotDurableHoldsNobodyUp() {
		RecordingSink durable = new RecordingSink("durable", true);
		start(List.of(new HangingSink("hanging", this.released, false), durable), 16, Overflow.BLOCK);
		for (int i = 0; i < 100; i++) {
			record(i, i + 1);
			durable.await(Type.CALL, i + 1);
		}
		assertThat(lost("")).isZero();
		assertThat(lost("durable")).isZero();
		Eventually.until("losses are counted", () -> lost("hanging") >= 100 - 17);
	}

	@Test
	void stopWhenInterruptedThenLossesAreCountedAndNothingComesIn() {
		start(List.of(new HangingSink("hanging", this.released)), 8192, Overflow.DROP);
		record(0, 10);
		Thread.currentThread().interrupt();
		this.trail.stop();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.trail.isRunning()).isFalse();
		record(10, 11);
		assertThat(lost("") + lost("hanging")).isPositive();
	}

	@Test
	void recordWhenFullThenDropsAreReportedToAllSinks() {
		// Not started yet, nobody takes anything away
		this.trail = new AuditTrail(List.of(this.sink), properties(4, Overflow.DROP, false), this.clock);
		record(0, 10);
		this.trail.start();
		assertThat(this.sink.await(Type.LOSS, 1).get(0).details()).containsEntry("count", "6")
			.containsEntry("where", "queue");
		assertThat(this.sink.events(Type.CALL)).hasSize(4);
	}

	@Test
	void recordWhenEventsAreLargeThenNoMoreThanTheMemoryForThem() {
		// Not started yet, nobody takes anything away
		this.trail = new AuditTrail(List.of(this.sink), properties(8192, Overflow.DROP, false), this.clock);
		for (int i = 0; i < 20; i++) {
			record(TestEvents.call("c-" + i, LARGE));
		}
		assertThat(lost("")).isEqualTo(12);
		record(20, 21);
		assertThat(lost("")).isEqualTo(12);
		this.trail.start();
		assertThat(this.sink.await(Type.CALL, 9)).extracting(AuditEvent::id).contains("c-0", "c-7", "c-20");
		Eventually.until("nothing waits", () -> AuditCount.queued(this.trail).count() == 0);
		record(TestEvents.call("later", LARGE));
		this.sink.await(Type.CALL, 10);
	}

	@Test
	void recordWhenASinkHangsAndEventsAreLargeThenItsQueueIsBoundedToo() {
		start(List.of(new HangingSink("hanging", this.released), this.sink), 8192, Overflow.DROP);
		for (int i = 0; i < 20; i++) {
			record(TestEvents.call("c-" + i, LARGE));
			this.sink.await(Type.CALL, i + 1);
		}
		Eventually.until("losses are counted", () -> lost("hanging") == 12);
		assertThat(lost("recording")).isZero();
	}

	@Test
	void recordWhenManyLargeOnesAtOnceAndCallsWaitThenNoneIsLost() {
		RecordingSink durable = new RecordingSink("durable", true);
		this.trail = new AuditTrail(List.of(durable), properties(8192, Overflow.BLOCK, Eventually.DEADLINE, false),
				this.clock);
		this.trail.start();
		Concurrently.run(8, (thread) -> {
			for (int i = 0; i < 50; i++) {
				record(TestEvents.call("c-" + thread + "-" + i, LARGE));
			}
		});
		durable.await(Type.CALL, 400);
		assertThat(lost("")).isZero();
		assertThat(lost("durable")).isZero();
	}

	@Test
	void recordWhenThereIsNoRoomThenWaitsForItAndDoesNotLook() throws Exception {
		RecordingSink slow = new HangingSink("slow", this.released);
		this.trail = new AuditTrail(List.of(slow), properties(2, Overflow.BLOCK, Duration.ofHours(1), false),
				this.clock);
		this.trail.start();
		record(0, 2);
		Thread waiting = new Thread(() -> record(2, 3));
		waiting.start();
		Eventually.until("it waits until it is told", () -> Stream.of(waiting.getStackTrace())
			.anyMatch((frame) -> frame.getMethodName().equals("awaitNanos")));
		this.released.countDown();
		waiting.join(Eventually.DEADLINE.toMillis());
		assertThat(waiting.isAlive()).isFalse();
		assertThat(lost("")).isZero();
	}

	@Test
	void recordWhenItWaitsAndTheApplicationShutsDownThenNoLonger() throws Exception {
		this.trail = new AuditTrail(List.of(new HangingSink("hanging", this.released)),
				properties(1, Overflow.BLOCK, Duration.ofHours(1), false), this.clock);
		this.trail.start();
		record(0, 1);
		Thread waiting = new Thread(() -> record(1, 2));
		waiting.start();
		Eventually.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
		this.trail.stop();
		waiting.join(Eventually.DEADLINE.toMillis());
		assertThat(waiting.isAlive()).isFalse();
		assertThat(lost("")).isEqualTo(1);
	}

	@Test
	void recordWhenASinkSaysThatItCannotTakeOneEventThenItHasTheOthers() {
		RecordingSink picky = new RecordingSink("picky", true) {

			@Override
			public void append(List<AuditEvent> events) {
				if (events.stream().anyMatch((event) -> List.of("c-0", "c-77").contains(event.id()))) {
					throw new AuditException("No", null);
				}
				super.append(events);
			}

		};
		this.trail = new AuditTrail(List.of(picky), properties(8192, Overflow.DROP, false), this.clock);
		record(0, 500);
		this.trail.start();
		picky.await(Type.CALL, 498);
		Eventually.until("two events are lost", () -> lost("picky") == 2);
		assertThat(picky.events(Type.CALL)).extracting(AuditEvent::id)
			.containsExactlyElementsOf(
					ids(0, 500).stream().filter((id) -> !List.of("c-0", "c-77").contains(id)).toList());
	}

	@Test
	void recordWhenASinkIsDownThenItIsAskedFewTimesForABatch() {
		AtomicInteger calls = new AtomicInteger();
		RecordingSink down = new RecordingSink("down", true) {

			@Override
			public void append(List<AuditEvent> events) {
				calls.incrementAndGet();
				throw new AuditException("No connection", null);
			}

		};
		this.trail = new AuditTrail(List.of(down), properties(512, Overflow.DROP, false), this.clock);
		record(0, 500);
		this.trail.start();
		Eventually.until("they are lost", () -> lost("down") == 500);
		// Batches may have been begun before all were there
		assertThat(calls.get()).isLessThan(60);
	}

	@Test
	void stopThenEverythingIsWrittenOutAndSinksAreClosed() {
		start(List.of(this.sink), 8192, Overflow.DROP);
		record(0, 5000);
		this.trail.destroy();
		assertThat(this.sink.events(Type.CALL)).hasSize(5000);
		assertThat(this.sink.isClosed()).isTrue();
		assertThat(this.trail.isRunning()).isFalse();
		record(5000, 5001);
		assertThat(lost("")).isEqualTo(1);
	}

	@Test
	void stopWhenASinkHangsThenGivesUp() {
		start(List.of(new HangingSink("hanging", this.released), this.sink), 8192, Overflow.DROP);
		record(0, 10);
		this.sink.await(Type.CALL, 10);
		this.trail.stop();
		assertThat(this.trail.isRunning()).isFalse();
		assertThat(lost("hanging")).isPositive();
	}

	@Test
	void destroyWhenASinkHangsThenGivesUpAndClosesTheOthers() {
		RecordingSink hanging = new RecordingSink("hanging", true) {

			@Override
			public void close() {
				hang(AuditTrailTests.this.released);
			}

		};
		RecordingSink broken = new RecordingSink("broken", true) {

			@Override
			public void close() {
				throw new NoClassDefFoundError("Driver");
			}

		};
		start(List.of(hanging, broken, this.sink), 8192, Overflow.DROP);
		this.trail.destroy();
		assertThat(this.released.getCount()).isOne();
		assertThat(this.sink.isClosed()).isTrue();
	}

	@Test
	void startWhenStoppedThenGoesOn() {
		start(List.of(this.sink), 8192, Overflow.DROP);
		this.trail.stop();
		this.trail.start();
		record(0, 1);
		this.sink.await(Type.CALL, 1);
	}

	@Test
	void intentWhenOneDurableSinkHasItThenKnown() throws Exception {
		RecordingSink durable = new RecordingSink("durable", true);
		RecordingSink broken = new RecordingSink("broken", true) {

			@Override
			public void append(List<AuditEvent> events) {
				throw new AuditException("No", null);
			}

		};
		start(List.of(this.sink, broken, durable), 100, Overflow.BLOCK);
		PendingIntent intent = this.trail.intent(TestEvents.call("i"), PATIENCE);
		assertThat(intent.recorded().get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(durable.events()).extracting(AuditEvent::id).containsExactly("i");
	}

	@Test
	void intentWhenNoDurableSinkKeepsItThenNot() throws Exception {
		RecordingSink broken = new RecordingSink("broken", true) {

			@Override
			public void append(List<AuditEvent> events) {
				throw new AuditException("No", null);
			}

		};
		start(List.of(this.sink, broken), 100, Overflow.BLOCK);
		assertThat(this.trail.intent(TestEvents.call("i"), PATIENCE).recorded().get(20, TimeUnit.SECONDS)).isFalse();
		this.trail.stop();
		assertThat(this.trail.intent(TestEvents.call("j"), PATIENCE)).isNull();
	}

	@Test
	void intentWhenConcurrentThenTheyShareAppends() {
		CountDownLatch first = new CountDownLatch(1);
		RecordingSink durable = new RecordingSink("durable", true) {

			@Override
			public void append(List<AuditEvent> events) {
				Eventually.until("the others wait", first);
				super.append(events);
			}

		};
		start(List.of(durable), 1000, Overflow.BLOCK);
		List<PendingIntent> intents = IntStream.range(0, 100)
			.mapToObj((i) -> this.trail.intent(TestEvents.call("i-" + i), PATIENCE))
			.toList();
		Eventually.until("all wait for the sink",
				() -> this.trail.states().stream().anyMatch((state) -> state.durable() && state.waiting() == 100));
		first.countDown();
		intents.forEach((intent) -> Eventually.until("on record", () -> intent.recorded().isDone()));
		assertThat(durable.batches().size()).isLessThanOrEqualTo(2);
	}

	private void start(List<AuditSink> sinks, int queueSize, Overflow overflow) {
		this.trail = new AuditTrail(sinks, properties(queueSize, overflow, false), this.clock);
		this.trail.start();
	}

	private void record(int from, int to) {
		for (int i = from; i < to; i++) {
			record(TestEvents.call("c-" + i));
		}
	}

	private void record(AuditEvent event) {
		this.trail.record(event, this.trail.patience());
	}

	private long lost(String name) {
		return this.trail.states()
			.stream()
			.filter((state) -> state.sink().equals(name))
			.findFirst()
			.orElseThrow()
			.lost();
	}

	private static List<String> ids(int from, int to) {
		return IntStream.range(from, to).mapToObj((i) -> "c-" + i).toList();
	}

	static McpRemoteAuditProperties properties(int queueSize, Overflow overflow, boolean required) {
		return properties(queueSize, overflow, Duration.ofMillis(200), required);
	}

	private static McpRemoteAuditProperties properties(int queueSize, Overflow overflow, Duration maxWait,
			boolean required) {
		return new McpRemoteAuditProperties(true, Mode.REDACTED, List.of(), DataSize.ofKilobytes(4), queueSize,
				DataSize.ofMegabytes(16), overflow, maxWait, required, Duration.ofSeconds(1),
				new McpRemoteAuditProperties.Logger(true));
	}

	private static void hang(CountDownLatch released) {
		boolean waiting = true;
		while (waiting) {
			try {
				released.await();
				waiting = false;
			}
			catch (InterruptedException ex) {
				// Hangs all the same
			}
		}
	}

	/**
	 * Never comes back from an append before it is released.
	 */
	private static final class HangingSink extends RecordingSink {

		private final CountDownLatch released;

		HangingSink(String name, CountDownLatch released) {
			this(name, released, true);
		}

		HangingSink(String name, CountDownLatch released, boolean durable) {
			super(name, durable);
			this.released = released;
		}

		@Override
		public void append(List<AuditEvent> events) {
			hang(this.released);
		}

	}

}
