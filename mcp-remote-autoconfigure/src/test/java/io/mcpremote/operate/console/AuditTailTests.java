// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The last events are kept, each of a bounded size.
 */
class AuditTailTests {

	private final AuditTail tail = new AuditTail(10);

	@Test
	void afterThenOnlyWhatIsNewAndOldestFirst() {
		append("a", "b", "c");
		assertThat(targets(this.tail.after(0, 10))).containsExactly("a", "b", "c");
		assertThat(targets(this.tail.after(2, 10))).containsExactly("c");
		assertThat(targets(this.tail.after(0, 2))).containsExactly("b", "c");
		assertThat(this.tail.after(last(), 10)).isEmpty();
	}

	@Test
	void appendWhenFullThenOldestAreForgotten() {
		append(IntStream.range(0, 100_000).mapToObj(Integer::toString).toArray(String[]::new));
		assertThat(this.tail.after(0, 1000)).hasSize(10);
		assertThat(last()).isEqualTo(100_000);
	}

	@Test
	void appendWhenEventIsHugeThenCutShort() {
		String huge = "x".repeat(1_000_000);
		Map<String, String> details = new HashMap<>();
		IntStream.range(0, 1000).forEach((i) -> details.put(huge + i, huge));
		this.tail.append(List.of(new AuditEvent("e", Instant.EPOCH, Type.CALL, new Actor(huge, huge, huge, huge, huge),
				new Client(huge, huge, huge, huge, huge), new Action(huge, huge, huge, huge, huge),
				new Ending(huge, huge, huge, huge, Duration.ofMillis(5), 3L, true, huge), details)));
		assertThat(this.tail.after(0, 1).get(0).event().toString().length()).isLessThan(10_000);
	}

	@Test
	void appendWhenIntentThenNotShown() {
		this.tail.append(List
			.of(new AuditEvent("e", Instant.EPOCH, Type.INTENT, Actor.NONE, Client.UNKNOWN, null, null, Map.of())));
		assertThat(last()).isZero();
	}

	@Test
	void ofThenFitToBeShown() {
		assertThat(ShownText.of("a\u0000b\nc\u202ed\ud800e\u200bf \ud83d\ude00"))
			.isEqualTo("a b c\ufffdd\ufffde\ufffdf \ud83d\ude00");
		assertThat(ShownText.of(null)).isEmpty();
		assertThat(ShownText.of("abc", 2)).isEqualTo("ab\u2026");
	}

	private void append(String... targets) {
		for (String target : targets) {
			this.tail.append(List.of(new AuditEvent("e", Instant.EPOCH, Type.CALL, Actor.NONE, Client.UNKNOWN,
					new Action("tools/call", target, null, null, null), null, Map.of())));
		}
	}

	private long last() {
		List<AuditTail.Entry> newest = this.tail.after(0, 1);
		return (newest.isEmpty()) ? 0 : newest.get(0).number();
	}

	private static List<Object> targets(List<AuditTail.Entry> entries) {
		return entries.stream().map((entry) -> entry.event().get("target")).toList();
	}

}
