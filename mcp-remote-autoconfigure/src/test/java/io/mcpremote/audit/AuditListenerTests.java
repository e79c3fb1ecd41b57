// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import io.mcpremote.audit.McpRemoteAuditProperties.Overflow;
import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.ClientInfo;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.Revision;
import io.mcpremote.call.ScopeElevation;
import io.mcpremote.call.ScopeElevation.Step;
import io.mcpremote.call.TestCalls;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens beside calls is on record with what is known of it.
 */
class AuditListenerTests {

	private static final String CURRENT = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String SENT = "0af7651916cd43dd8448eb211c80319c";

	private final MutableClock clock = new MutableClock();

	private final RecordingSink sink = new RecordingSink();

	private final AuditTrail trail = new AuditTrail(List.of(this.sink),
			new McpRemoteAuditProperties(true, Mode.REDACTED, List.of(), DataSize.ofKilobytes(4), 100,
					DataSize.ofMegabytes(1), Overflow.DROP, Duration.ofSeconds(20), false, Duration.ofSeconds(20),
					new McpRemoteAuditProperties.Logger(true)),
			this.clock);

	private final AuditListener traced = new AuditListener(this.trail, new TraceIds(() -> CURRENT), this.clock);

	private final AuditListener untraced = new AuditListener(this.trail, new TraceIds(null), this.clock);

	AuditListenerTests() {
		this.trail.start();
	}

	@AfterEach
	void stop() {
		this.trail.destroy();
	}

	@Test
	void onAuthenticationFailedThenTrace() {
		AuthenticationFailed event = new AuthenticationFailed("expired", "192.0.2.1");
		this.traced.onAuthenticationFailed(event);
		this.untraced.onAuthenticationFailed(event);
		List<AuditEvent> events = this.sink.await(Type.AUTHENTICATION_FAILURE, 2);
		assertThat(events.get(0).action()).isEqualTo(new Action(null, null, null, null, CURRENT));
		assertThat(AuditEventJson.write(events.get(0))).contains("\"action\":{\"traceId\":\"" + CURRENT + "\"}");
		assertThat(events.get(1).action()).isNull();
	}

	@Test
	void onRequestRefusedThenMethodAndTrace() {
		this.traced.onRequestRefused(
				new RequestRefused(RefusalReason.HEADER_MISMATCH, "192.0.2.1", TestCalls.ALICE, "tools/list"));
		this.traced.onRequestRefused(new RequestRefused(RefusalReason.NOT_JSON, "192.0.2.1", null, null));
		this.untraced.onRequestRefused(new RequestRefused(RefusalReason.NOT_JSON, "192.0.2.1", null, null));
		List<AuditEvent> events = this.sink.await(Type.REFUSED_REQUEST, 3);
		assertThat(events).extracting(AuditEvent::action)
			.containsExactly(new Action("tools/list", null, null, null, CURRENT),
					new Action(null, null, null, null, CURRENT), null);
		assertThat(events.get(0).actor().subject()).isEqualTo("alice");
	}

	@Test
	void onScopeElevationThenClientSessionAndTraceOfTheCall() {
		McpCall call = new McpCall("c-7", Revision.V2025_11_25, "tools/call", "echo", Map.of(), TestCalls.ALICE, "s-1",
				null, new TraceContext("00-" + SENT + "-b7ad6b7169203331-01", null, null), Instant.EPOCH,
				new ClientInfo("inspector", "1.0"));
		ScopeElevation event = new ScopeElevation(Step.ASKED, call, "echo", Set.of("much"));
		this.traced.onScopeElevation(event);
		this.untraced.onScopeElevation(event);
		List<AuditEvent> events = this.sink.await(Type.SCOPE_ELEVATION, 2);
		assertThat(events).extracting((each) -> each.action().traceId()).containsExactly(CURRENT, SENT);
		assertThat(events).allSatisfy((each) -> {
			assertThat(each.client())
				.isEqualTo(new Client("inspector", "1.0", "legacy", "2025-11-25", SessionNames.of("s-1")));
			assertThat(each.actor().subject()).isEqualTo("alice");
			assertThat(each.details()).containsEntry("call", "c-7").containsEntry("step", "asked");
		});
	}

}
