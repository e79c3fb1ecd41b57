// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The record says what the client was answered, and what has become of the call.
 */
class AuditAnswerServerTests {

	private RunningServer server;

	private RecordingSink sink;

	private Tools tools;

	@BeforeEach
	void start() {
		this.server = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.stream.max-open=1",
						"mcp.remote.tools.stuck.timeout=300ms", "mcp.remote.output.enabled=false"),
				Tools.class, RecordingSink.class);
		this.sink = this.server.context().getBean(RecordingSink.class);
		this.tools = this.server.context().getBean(Tools.class);
	}

	@AfterEach
	void stop() {
		this.tools.released.countDown();
		this.server.close();
	}

	@Test
	void callWhenNoJsonCanBeMadeOfItsResultThenFailed() {
		HttpResponse<String> response = call("unwritable");
		assertThat(RunningServer.json(response).at("/result/isError").asBoolean()).isTrue();
		AuditEvent event = this.sink.await(Type.CALL, 1).get(0);
		assertThat(event.ending().outcome()).isEqualTo("failed");
		assertThat(event.ending().error()).isNotNull();
	}

	@Test
	void listenWhenThereIsNoPlaceThenRefusedAndOnRecordOnce() {
		ModernRequest listen = ModernRequest.of("subscriptions/listen").param("notifications", Map.of());
		try (LiveExchange first = LiveExchange.open(this.server, listen)) {
			assertThat(first.status()).isEqualTo(200);
			assertThat(this.server.modern(listen.id(2)).statusCode()).isEqualTo(503);
			List<AuditEvent> events = this.sink.await(Type.CALL, 2);
			assertThat(events).extracting((event) -> event.ending().outcome()).containsExactly("stream", "refused");
			assertThat(events.get(1).ending().reason()).isEqualTo("unavailable");
			this.server.close();
			assertThat(this.sink.events(Type.REFUSED_REQUEST)).isEmpty();
		}
	}

	@Test
	void batchWhenOneIsStuckThenTheOthersAreOnRecordAsAnswered() {
		String stuck = LegacyClient.message(1, "tools/call", Map.of("name", "stuck", "arguments", Map.of()));
		String ping = LegacyClient.message(2, "ping", Map.of());
		HttpResponse<String> response = this.server.post("[" + stuck + "," + ping + ",{\"jsonrpc\":\"1.0\"}]");
		assertThat(RunningServer.json(response).get(1).at("/error/code").asInt()).isEqualTo(1503);
		List<AuditEvent> refused = this.sink.await(Type.REFUSED_REQUEST, 2);
		assertThat(refused).extracting((event) -> event.ending().reason())
			.containsExactly("unavailable", "invalid_request");
		assertThat(refused.get(0).action().method()).isEqualTo("ping");
		assertThat(refused.get(1).action()).isNull();
	}

	@Test
	void callWhenItEndsAfterItsTimeThenThatIsOnRecordToo() {
		call("stuck");
		AuditEvent expired = this.sink.await(Type.CALL, 1).get(0);
		assertThat(expired.ending().outcome()).isEqualTo("expired");
		assertThat(this.sink.events(Type.LATE)).isEmpty();
		this.tools.released.countDown();
		AuditEvent late = this.sink.await(Type.LATE, 1).get(0);
		assertThat(late.ending().outcome()).isEqualTo("ok");
		assertThat(late.ending().size()).isEqualTo("done".length());
		assertThat(late.details()).containsEntry("call", expired.id());
		assertThat(late.action()).isEqualTo(expired.action());
		assertThat(late.id()).isNotEqualTo(expired.id());
	}

	@Test
	void callWhenTakenBackAndStuckThenOnRecordWhenItsTimeIsOver() {
		LegacyClient client = LegacyClient.begin(this.server, "{}");
		try (LiveExchange call = client.openTool(1, "stuck", Map.of())) {
			Eventually.until("it runs", this.tools.running);
			client.notify("notifications/cancelled", Map.of("requestId", 1));
			AuditEvent event = this.sink.await(Type.CALL, 2)
				.stream()
				.filter((some) -> "stuck".equals(some.action().target()))
				.findFirst()
				.orElseThrow();
			assertThat(event.ending().outcome()).isEqualTo("cancelled");
			assertThat(this.tools.released.getCount()).isOne();
			assertThat(call.rest()).isEmpty();
		}
	}

	@Test
	void sessionWhenItsOwnerIsAnonymousThenItsEndHasTheAddress() {
		LegacyClient.begin(this.server, "{}").delete();
		assertThat(this.sink.await(Type.SESSION_ENDED, 1).get(0).actor().address())
			.isEqualTo(this.sink.events(Type.SESSION_STARTED).get(0).actor().address())
			.isEqualTo("127.0.0.1");
	}

	private HttpResponse<String> call(String tool) {
		return this.server.modern(ModernRequest.callTool(tool, Map.of()));
	}

	static class Tools {

		private final CountDownLatch running = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		@McpTool(description = "Does not care for interrupts")
		String stuck() {
			this.running.countDown();
			boolean waiting = true;
			while (waiting) {
				try {
					this.released.await();
					waiting = false;
				}
				catch (InterruptedException ex) {
					// Goes on
				}
			}
			return "done";
		}

		@McpTool(description = "Gives what nobody can write")
		CallToolResult unwritable() {
			return CallToolResult.builder()
				.addTextContent("done")
				.structuredContent(Map.of("value", new Unwritable()))
				.build();
		}

	}

	public static final class Unwritable {

		public String getValue() {
			throw new IllegalStateException("Not now");
		}

	}

}
