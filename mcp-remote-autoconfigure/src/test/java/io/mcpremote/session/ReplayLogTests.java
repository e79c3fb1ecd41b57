// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Recent events can be had again, within bounds.
 */
class ReplayLogTests {

	private final TestSink sink = new TestSink();

	@Test
	void resumeWhenInTheMiddleThenWhatFollows() {
		ReplayLog replay = new ReplayLog(10, 1000);
		EventLog stream = replay.open();
		append(stream, "a");
		String second = append(stream, "b");
		append(stream, "c");
		append(stream, "d");
		assertThat(replay.knows(second)).isTrue();
		assertThat(replay.resume(second, this.sink, (uri) -> true)).isTrue();
		assertThat(this.sink.messages).containsExactly("c", "d");
	}

	@Test
	void resumeWhenSeveralStreamsThenOnlyThatOne() {
		ReplayLog replay = new ReplayLog(10, 1000);
		EventLog first = replay.open();
		EventLog second = replay.open();
		append(first, "a");
		append(second, "b");
		append(first, "c");
		assertThat(replay.resume(first.primingId(), this.sink, (uri) -> true)).isTrue();
		assertThat(this.sink.messages).containsExactly("a", "c");
	}

	@Test
	void resumeWhenNothingWasMissedThenLiveOnly() {
		ReplayLog replay = new ReplayLog(10, 1000);
		EventLog stream = replay.open();
		append(stream, "a");
		assertThat(replay.resume(stream.currentId(), this.sink, (uri) -> true)).isTrue();
		assertThat(this.sink.messages).isEmpty();
		append(stream, "b");
		assertThat(this.sink.messages).containsExactly("b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "_", "_1", "1", "unknown_1", "unknown", "%s", "%s_", "%s_x", "%s_-1", "%s_2",
			"%s_99999999999999999999", "%s_1_1", " %s_1" })
	void resumeWhenUnknownThenNot(String id) {
		ReplayLog replay = new ReplayLog(10, 1000);
		EventLog stream = replay.open();
		append(stream, "a");
		String asked = id.replace("%s", stream.id());
		assertThat(replay.knows(asked)).isFalse();
		assertThat(replay.resume(asked, this.sink, (uri) -> true)).isFalse();
		assertThat(this.sink.messages).isEmpty();
	}

	@Test
	void appendWhenTooManyThenOldestGiveWay() {
		ReplayLog replay = new ReplayLog(3, 1000);
		EventLog stream = replay.open();
		List.of("a", "b", "c", "d", "e").forEach((text) -> append(stream, text));
		replay.resume(stream.primingId(), this.sink, (uri) -> true);
		assertThat(this.sink.messages).containsExactly("c", "d", "e");
	}

	@Test
	void appendWhenTooManyOnAllStreamsThenOldestGiveWay() {
		ReplayLog replay = new ReplayLog(3, 1000);
		EventLog quiet = replay.open();
		EventLog busy = replay.open();
		append(quiet, "a");
		List.of("b", "c", "d").forEach((text) -> append(busy, text));
		replay.resume(quiet.primingId(), this.sink, (uri) -> true);
		assertThat(this.sink.messages).isEmpty();
	}

	@Test
	void appendWhenTooLargeThenOldestGiveWay() {
		ReplayLog replay = new ReplayLog(100, 10);
		EventLog stream = replay.open();
		List.of("aaaa", "bbbb", "cccc").forEach((text) -> append(stream, text));
		replay.resume(stream.primingId(), this.sink, (uri) -> true);
		assertThat(this.sink.messages).containsExactly("bbbb", "cccc");
	}

	@Test
	void appendWhenOneIsLargerThanAllThenSentButNotKept() {
		ReplayLog replay = new ReplayLog(100, 10);
		EventLog stream = replay.open();
		replay.resume(stream.primingId(), this.sink, (uri) -> true);
		append(stream, "a");
		append(stream, "b".repeat(11));
		append(stream, "c");
		assertThat(this.sink.messages).containsExactly("a", "b".repeat(11), "c");
		TestSink back = new TestSink();
		replay.resume(stream.primingId(), back, (uri) -> true);
		assertThat(back.messages).containsExactly("c");
	}

	@Test
	void appendWhenNothingIsKeptThenSentAll() {
		ReplayLog replay = new ReplayLog(1, 0);
		EventLog stream = replay.open();
		replay.resume(stream.primingId(), this.sink, (uri) -> true);
		append(stream, "a");
		append(stream, "b");
		assertThat(this.sink.messages).containsExactly("a", "b");
	}

	@Test
	void resumeWhenStreamHasEndedThenMissedAndComplete() {
		ReplayLog replay = new ReplayLog(10, 1000);
		EventLog stream = replay.open();
		append(stream, "a");
		stream.end();
		assertThat(replay.resume(stream.primingId(), this.sink, (uri) -> true)).isTrue();
		assertThat(this.sink.messages).containsExactly("a");
		assertThat(this.sink.completed()).isEqualTo(1);
	}

	@Test
	void openWhenManyStreamsThenOnlySoManyCanBeResumed() {
		ReplayLog replay = new ReplayLog(1000, 100_000);
		List<EventLog> streams = IntStream.range(0, 100).mapToObj((i) -> replay.open()).toList();
		streams.forEach((stream) -> append(stream, "a"));
		assertThat(streams).filteredOn((stream) -> replay.knows(stream.primingId())).hasSize(64);
	}

	@Test
	void openWhenOthersAreDoneThenTheyMakeRoom() {
		ReplayLog replay = new ReplayLog(1, 1000);
		for (int i = 0; i < 200; i++) {
			EventLog stream = replay.open();
			append(stream, "a");
			stream.end();
		}
		EventLog last = replay.open();
		assertThat(replay.knows(last.primingId())).isTrue();
	}

	@Test
	void closeThenStreamsEndAndNothingIsKnown() {
		ReplayLog replay = new ReplayLog(10, 1000);
		EventLog stream = replay.open();
		append(stream, "a");
		replay.resume(stream.currentId(), this.sink, (uri) -> true);
		replay.close();
		assertThat(this.sink.completed()).isEqualTo(1);
		assertThat(replay.knows(stream.primingId())).isFalse();
		EventLog late = replay.open();
		append(late, "b");
		assertThat(replay.knows(late.primingId())).isFalse();
	}

	@Test
	void appendWhenConcurrentThenEveryIdOnceAndInOrder() {
		ReplayLog replay = new ReplayLog(100, 1000);
		EventLog stream = replay.open();
		replay.resume(stream.primingId(), this.sink, (uri) -> true);
		Set<String> ids = Collections.synchronizedSet(new HashSet<>());
		Concurrently.run(4, (thread) -> IntStream.range(0, 500).forEach((i) -> ids.add(append(stream, "x"))));
		List<String> expected = new ArrayList<>();
		IntStream.rangeClosed(1, 2000).forEach((i) -> expected.add(stream.id() + "_" + i));
		assertThat(ids).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(this.sink.ids).isEqualTo(expected);
	}

	private static String append(EventLog stream, String text) {
		return stream.append(text.getBytes(StandardCharsets.UTF_8));
	}

}
