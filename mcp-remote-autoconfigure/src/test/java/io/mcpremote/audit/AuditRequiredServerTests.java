// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a record is required, no tool runs without one.
 */
class AuditRequiredServerTests {

	private RunningServer server;

	private FragileSink sink;

	private Tools tools;

	@BeforeEach
	void start() {
		this.server = RunningServer.start(
				List.of("mcp.remote.audit.required=true", "mcp.remote.concurrency.per-user=1",
						"mcp.remote.rate-limit.enabled=true", "mcp.remote.rate-limit.address=20/1h"),
				Tools.class, FragileSink.class);
		this.sink = this.server.context().getBean(FragileSink.class);
		this.tools = this.server.context().getBean(Tools.class);
	}

	@AfterEach
	void stop() {
		this.tools.released.countDown();
		this.server.close();
	}

	@Test
	void callThenIntentComesFirst() {
		assertThat(call("count").statusCode()).isEqualTo(200);
		assertThat(this.tools.intents).hasValue(1);
		AuditEvent ended = this.sink.await(Type.CALL, 1).get(0);
		AuditEvent intent = this.sink.events(Type.INTENT).get(0);
		assertThat(intent.details()).containsEntry("call", ended.id());
		assertThat(intent.action()).isEqualTo(ended.action());
	}

	@Test
	void callWhenSinkFailsThenRefusedAndNotRun() {
		this.sink.fail = true;
		HttpResponse<String> refused = call("count");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.body()).contains("could not be put on record").doesNotContain("disk");
		assertThat(this.tools.intents).hasValue(0);
		this.sink.fail = false;
		assertThat(call("count").statusCode()).isEqualTo(200);
		Eventually.until("the losses are on record", () -> !this.sink.events(Type.LOSS).isEmpty());
	}

	@Test
	void callWhenTooManyRunThenThatIsWhereItWasDecided() throws Exception {
		CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> call("slow"));
		Eventually.until("it runs", this.tools.running);
		assertThat(call("count").statusCode()).isEqualTo(503);
		assertThat(this.sink.await(Type.CALL, 1).get(0).ending().stage()).isEqualTo("bulkhead");
		this.tools.released.countDown();
		assertThat(slow.get().statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenCallerAsksForTooMuchThenNoIntentAndFewEvents() {
		for (int i = 0; i < 60; i++) {
			call("count");
		}
		this.server.close();
		assertThat(this.sink.events(Type.INTENT)).hasSize(20);
		assertThat(this.sink.events(Type.CALL)).hasSize(20 + FloodWindow.FIRST);
		assertThat(this.sink.events(Type.CALL).get(20).ending().stage()).isEqualTo("caller_limit");
		assertThat(this.sink.events(Type.REFUSED_REQUEST)).hasSize(1)
			.first()
			.satisfies((event) -> assertThat(event.details()).containsEntry("count",
					Integer.toString(40 - FloodWindow.FIRST)));
		assertThat(this.sink.events(Type.DRAIN)).hasSize(1);
		assertThat(this.sink.isClosed()).isTrue();
	}

	private HttpResponse<String> call(String tool) {
		return this.server.modern(ModernRequest.callTool(tool, Map.of()));
	}

	static class Tools {

		private final AtomicInteger intents = new AtomicInteger();

		private final CountDownLatch running = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final FragileSink sink;

		Tools(FragileSink sink) {
			this.sink = sink;
		}

		@McpTool(description = "Counts what is on record when it runs")
		String count() {
			this.intents.set(this.sink.events(Type.INTENT).size());
			return "done";
		}

		@McpTool(description = "Takes its time")
		String slow() {
			this.running.countDown();
			Eventually.until("released", this.released);
			return "done";
		}

	}

	static class FragileSink extends RecordingSink {

		private volatile boolean fail;

		FragileSink() {
			super("fragile", true);
		}

		@Override
		public void append(List<AuditEvent> events) {
			if (this.fail) {
				throw new AuditException("The disk is full", null);
			}
			super.append(events);
		}

	}

}
