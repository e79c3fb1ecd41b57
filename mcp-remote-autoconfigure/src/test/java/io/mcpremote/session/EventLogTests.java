// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream is one client's at a time and loses nothing between two.
 */
class EventLogTests {

	private final ReplayLog replay = new ReplayLog(10, 1000);

	private final TestSink sink = new TestSink();

	private EventLog stream;

	@BeforeEach
	void open() {
		this.stream = this.replay.open();
	}

	@Test
	void appendThenIdsCountUp() {
		String first = append("a");
		String second = append("b");
		assertThat(first).isNotEqualTo(second).startsWith(this.stream.id()).endsWith("_1");
		assertThat(second).endsWith("_2");
		assertThat(this.stream.primingId()).endsWith("_0");
		assertThat(this.stream.currentId()).isEqualTo(second);
	}

	@Test
	void attachThenMissedThenLive() {
		append("a");
		append("b");
		this.stream.attach(this.sink, 1, (uri) -> true);
		append("c");
		assertThat(this.sink.messages).containsExactly("b", "c");
		assertThat(this.sink.ids).containsExactly(this.stream.id() + "_2", this.stream.id() + "_3");
		assertThat(this.stream.isAttached()).isTrue();
	}

	@Test
	void attachWhenAnotherClientHasItThenReplaces() {
		TestSink second = new TestSink();
		this.stream.attach(this.sink, 0, (uri) -> true);
		this.stream.attach(second, 0, (uri) -> true);
		append("a");
		assertThat(this.sink.completed()).isEqualTo(1);
		assertThat(this.sink.messages).isEmpty();
		assertThat(second.messages).containsExactly("a");
		assertThat(second.completed()).isZero();
	}

	@Test
	void attachWhenReplacedClientGoesThenNewOneStays() {
		TestSink second = new TestSink();
		this.stream.attach(this.sink, 0, (uri) -> true);
		this.stream.attach(second, 0, (uri) -> true);
		this.sink.end();
		assertThat(this.stream.isAttached()).isTrue();
	}

	@Test
	void attachWhenSinkHasEndedThenNotAttached() {
		this.sink.end();
		this.stream.attach(this.sink, 0, (uri) -> true);
		assertThat(this.stream.isAttached()).isFalse();
	}

	@Test
	void attachWhenStreamHasEndedThenMissedAndComplete() {
		append("a");
		this.stream.end();
		this.stream.attach(this.sink, 0, (uri) -> true);
		assertThat(this.sink.messages).containsExactly("a");
		assertThat(this.sink.completed()).isEqualTo(1);
		assertThat(this.stream.isAttached()).isFalse();
	}

	@Test
	void appendWhenClientHasGoneThenDetachedAndKept() {
		this.stream.attach(this.sink, 0, (uri) -> true);
		this.sink.end();
		String id = append("a");
		assertThat(this.stream.isAttached()).isFalse();
		TestSink back = new TestSink();
		assertThat(this.replay.resume(this.stream.primingId(), back, (uri) -> true)).isTrue();
		assertThat(back.ids).containsExactly(id);
	}

	@Test
	void endThenCompletesClient() {
		this.stream.attach(this.sink, 0, (uri) -> true);
		this.stream.end();
		this.stream.end();
		assertThat(this.sink.completed()).isEqualTo(1);
		assertThat(this.stream.isAttached()).isFalse();
	}

	private String append(String text) {
		return this.stream.append(text.getBytes(StandardCharsets.UTF_8));
	}

}
