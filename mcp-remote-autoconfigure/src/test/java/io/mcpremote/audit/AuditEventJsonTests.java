// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditEventJson}.
 */
class AuditEventJsonTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Test
	void writeWhenCallThenHasEverything() {
		assertThat(AuditEventJson.write(TestEvents.call("c-1"))).isEqualTo("""
				{"id":"c-1","time":"2026-08-01T12:00:00.000123Z","type":"call",\
				"actor":{"subject":"ann","issuer":"https://issuer.example","clientId":"editor","tenant":"acme",\
				"address":"203.0.113.7"},\
				"client":{"claimedName":"inspector","claimedVersion":"1.0","era":"modern","protocol":"2026-07-28",\
				"session":"s-1"},\
				"action":{"method":"tools/call","target":"weather","version":"1.2.3","arguments":{"city":"Bonn"},\
				"traceId":"0af7651916cd43dd8448eb211c80319c"},\
				"ending":{"outcome":"ok","stage":"target","durationMicros":1234,"size":42,"cached":false}}""");
	}

	@Test
	void writeWhenLittleIsKnownThenLeavesOutTheRest() {
		AuditEvent event = new AuditEvent("d-1", TestEvents.TIME, Type.DRAIN, Actor.NONE, Client.UNKNOWN, null, null,
				Map.of("underWay", "2", "another", "1"));
		assertThat(AuditEventJson.write(event)).isEqualTo("""
				{"id":"d-1","time":"2026-08-01T12:00:00.000123Z","type":"drain",\
				"details":{"another":"1","underWay":"2"}}""");
	}

	@Test
	void writeWhenTextIsHostileThenOneLineOfUtf8() {
		String hostile = "a\"b\\c\r\n\t\u0000\u001b[31m\u0085\u2028\u2029\ufeff\u007f\ud800x\udc00\ud83d\ude00ü";
		AuditEvent event = new AuditEvent("h-1", TestEvents.TIME, Type.CALL, new Actor(hostile, null, null, null, null),
				Client.UNKNOWN, new Action("tools/call", hostile, null, null, null),
				new Ending("ok", "target", null, null, Duration.ZERO, null, false, null), Map.of());
		String written = AuditEventJson.write(event);
		assertThat(written.lines()).hasSize(1);
		assertThat(written.chars()).allMatch((c) -> c >= 0x20 && c != 0x7f && c != 0x85 && c != 0x2028 && c != 0x2029);
		assertThat(new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(written);
		JsonNode read = JSON.readTree(written);
		assertThat(read.at("/actor/subject").asString())
			.isEqualTo(hostile.replace('\0', '\ufffd').replace('\ud800', '\ufffd').replace("x\udc00", "x\ufffd"));
	}

	@Test
	void writeWhenArgumentsAreNoJsonThenTheyAreText() {
		assertThat(
				JSON.readTree(AuditEventJson.write(TestEvents.call("c-1", "{\n}"))).at("/action/arguments").asString())
			.isEqualTo("{\n}");
		assertThat(
				JSON.readTree(AuditEventJson.write(TestEvents.call("c-1", "city"))).at("/action/arguments").asString())
			.isEqualTo("city");
	}

	@Test
	void writeWhenArgumentsAreNamesThenTheyAreAList() {
		assertThat(JSON.readTree(AuditEventJson.write(TestEvents.call("c-1", "[\"city\"]")))
			.at("/action/arguments/0")
			.asString()).isEqualTo("city");
	}

}
