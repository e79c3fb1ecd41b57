// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link AuditSink} does.
 */
public abstract class AbstractAuditSinkTests {

	/**
	 * Return the sink, the same each time.
	 */
	protected abstract AuditSink sink();

	/**
	 * Return the ids of the events that have been kept, in order.
	 */
	protected abstract List<String> kept();

	@Test
	void nameThenShortAndInLowerCase() {
		assertThat(sink().name()).matches("[a-z][a-z0-9-]{0,31}").isEqualTo(sink().name());
	}

	@Test
	void appendThenKeptInOrder() {
		sink().append(List.of(TestEvents.call("a"), TestEvents.call("b")));
		sink().append(List.of(TestEvents.call("c")));
		assertThat(kept()).containsExactly("a", "b", "c");
	}

	@Test
	void appendWhenListCannotBeChangedAndIsLargeThenKept() {
		List<AuditEvent> events = IntStream.range(0, SinkQueue.MAX_BATCH + 1)
			.mapToObj((i) -> TestEvents.call("e-" + i))
			.toList();
		sink().append(Collections.unmodifiableList(events));
		assertThat(kept()).isEqualTo(events.stream().map(AuditEvent::id).toList());
	}

	@Test
	void appendWhenLittleIsKnownThenKept() {
		for (Type type : Type.values()) {
			sink().append(List.of(new AuditEvent("t-" + type.ordinal(), TestEvents.TIME, type, Actor.NONE,
					Client.UNKNOWN, null, null, Map.of())));
		}
		assertThat(kept()).isEqualTo(IntStream.range(0, Type.values().length).mapToObj((i) -> "t-" + i).toList());
	}

	@Test
	void appendWhenTextsAreHostileThenKeptAsOneEach() {
		String hostile = "'; DROP TABLE a; --\r\n{\"id\":\"x\"}\u0000\u2028\ud800 \ud83d\ude00 %s ${a}";
		AuditEvent event = new AuditEvent("h", TestEvents.TIME, Type.CALL,
				new Actor(hostile, hostile, hostile, hostile, hostile),
				new Client(hostile, hostile, null, null, hostile),
				new Action("tools/call", hostile, hostile, hostile, null),
				new Ending("failed", "target", hostile, hostile, Duration.ofDays(400), Long.MAX_VALUE, true, hostile),
				Map.of("detail", hostile));
		sink().append(List.of(event, TestEvents.call("after")));
		assertThat(kept()).containsExactly("h", "after");
	}

	@Test
	void closeWhenTwiceThenNoHarm() {
		sink().append(List.of(TestEvents.call("a")));
		sink().close();
		sink().close();
		assertThat(kept()).containsExactly("a");
	}

}
