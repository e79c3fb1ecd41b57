// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records are values, and survive as JSON.
 */
class SessionRecordTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Instant NOW = Instant.parse("2026-08-01T12:00:00.123456789Z");

	private final SessionRecord session = TestSessions.of("a", "alice", NOW);

	@Test
	void readWhenWrittenThenEqual() {
		SessionRecord full = this.session.withLogLevel("debug").subscribe("file:///b").subscribe("file:///a");
		assertThat(JSON.readValue(JSON.writeValueAsBytes(full), SessionRecord.class)).isEqualTo(full);
		assertThat(JSON.readValue(JSON.writeValueAsBytes(this.session), SessionRecord.class)).isEqualTo(this.session);
	}

	@Test
	void writeThenSaysItsFormat() {
		assertThat(JSON.readTree(JSON.writeValueAsBytes(this.session)).get("format").asInt())
			.isEqualTo(SessionRecord.FORMAT);
	}

	@Test
	void subscribeThenCopyOnly() {
		SessionRecord changed = this.session.subscribe("file:///a").subscribe("file:///a").subscribe("file:///b");
		assertThat(this.session.subscriptions()).isEmpty();
		assertThat(changed.subscriptions()).containsExactlyInAnyOrder("file:///a", "file:///b");
		assertThat(changed.unsubscribe("file:///a").unsubscribe("file:///c").subscriptions())
			.containsExactly("file:///b");
	}

	@Test
	void usedAtThenOnlyThatChanges() {
		Instant later = NOW.plusSeconds(60);
		assertThat(this.session.usedAt(later)).usingRecursiveComparison()
			.ignoringFields("lastUsed")
			.isEqualTo(this.session);
		assertThat(this.session.usedAt(later).lastUsed()).isEqualTo(later);
	}

	@Test
	void withLogLevelThenOnlyThatChanges() {
		assertThat(this.session.withLogLevel("error")).usingRecursiveComparison()
			.ignoringFields("logLevel")
			.isEqualTo(this.session);
		assertThat(this.session.withLogLevel("error").logLevel()).isEqualTo("error");
	}

}
