// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The spans of calls, as OpenTelemetry's SDK gets them in an application of Spring
 * Boot's.
 */
@ExtendWith(OutputCaptureExtension.class)
class TraceTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String PARENT = "b7ad6b7169203331";

	private static final Map<String, ?> REMOTE = Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01",
			"tracestate", "vendor=1");

	private static Server server;

	@BeforeAll
	static void start() {
		// One thread, so that each call meets what the one before has left behind
		server = Server.start("server.tomcat.threads.max=1", "server.tomcat.threads.min-spare=1",
				"management.tracing.baggage.remote-fields=tenant");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void forget() {
		server.bean(InMemorySpanExporter.class).reset();
	}

	@Test
	void callWhenClientSendsNoTraceThenUnderRequest() {
		server.tool("echo", Map.of("text", "hi"), Map.of());
		SpanData span = awaited("tools/call echo");
		SpanData request = request(span.getParentSpanId());
		assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
		assertThat(span.getTraceId()).isEqualTo(request.getTraceId());
		assertThat(span.getLinks()).isEmpty();
		assertThat(attributes(span)).containsEntry("mcp.method.name", "tools/call")
			.containsEntry("gen_ai.tool.name", "echo")
			.containsEntry("gen_ai.operation.name", "execute_tool")
			.containsEntry("mcp.protocol.version", "2026-07-28")
			.containsEntry("network.transport", "tcp")
			.containsKey("mcp.remote.call.id")
			.doesNotContainKeys("error.type", "gen_ai.prompt.name", "mcp.resource.uri", "mcp.session.id");
		assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
		assertThat(attributes(request)).containsEntry("uri", "/mcp");
	}

	@Test
	void callWhenClientSendsTraceThenUnderItsSpanWithLinkToRequest() {
		server.tool("echo", Map.of("text", "hi"), REMOTE);
		SpanData span = awaited("tools/call echo");
		assertThat(span.getTraceId()).isEqualTo(TRACE);
		assertThat(span.getParentSpanId()).isEqualTo(PARENT);
		assertThat(span.getParentSpanContext().isRemote()).isTrue();
		assertThat(span.getSpanContext().getTraceState().get("vendor")).isEqualTo("1");
		assertThat(span.getLinks()).hasSize(1);
		SpanData request = request(span.getLinks().get(0).getSpanContext().getSpanId());
		assertThat(request.getTraceId()).isNotEqualTo(TRACE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331" })
	void callWhenTraceIsNotValidThenUnderRequest(String parent) {
		server.tool("echo", Map.of("text", "hi"), Map.of("traceparent", parent));
		SpanData span = awaited("tools/call echo");
		assertThat(request(span.getParentSpanId()).getTraceId()).isEqualTo(span.getTraceId());
	}

	@Test
	void callWhenClientDoesNotWantItTracedThenServerDecides() {
		server.tool("echo", Map.of("text", "hi"), Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-00"));
		assertThat(awaited("tools/call echo").getTraceId()).isEqualTo(TRACE);
	}

	@Test
	void toolWhenItHasSpansThenUnderThatOfCall() {
		server.tool("look_up", Map.of(), REMOTE);
		SpanData span = awaited("tools/call look_up");
		SpanData query = server.span("database.query");
		assertThat(query.getTraceId()).isEqualTo(TRACE);
		assertThat(query.getParentSpanId()).isEqualTo(span.getSpanId());
	}

	@Test
	void reactiveToolWhenItHasSpansThenUnderThatOfCallOnWhicheverThread(CapturedOutput output) {
		server.tool("look_up_later", Map.of(), REMOTE, "Authorization", "Bearer " + Server.KEY);
		SpanData span = awaited("tools/call look_up_later");
		SpanData query = server.span("database.query");
		assertThat(query.getParentSpanId()).isEqualTo(span.getSpanId());
		String line = output.getOut().lines().filter((any) -> any.contains("It is looked up later")).findFirst().get();
		assertThat(line).contains(TRACE)
			.contains(String.valueOf(attributes(span).get("mcp.remote.call.id")))
			.contains("look_up_later alice]");
	}

	@Test
	void toolWhenItLogsThenLineSaysWhatItBelongsTo(CapturedOutput output) {
		server.tool("echo", Map.of("text", "hi"), REMOTE, "Authorization", "Bearer " + Server.KEY);
		SpanData span = awaited("tools/call echo");
		String line = output.getOut().lines().filter((any) -> any.contains("Echo is called")).findFirst().get();
		assertThat(line).contains("[" + TRACE + " " + span.getSpanId() + " "
				+ attributes(span).get("mcp.remote.call.id") + " echo alice]");
	}

	@Test
	void baggageThenOnlyWhatIsExpected() {
		assertThat(server.text(server.tool("tenant", Map.of(),
				Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01", "baggage", "tenant=acme,user=mallory"))))
			.isEqualTo("{tenant=acme}");
		assertThat(server.text(server.tool("tenant", Map.of(), Map.of()))).isEqualTo("{}");
	}

	@Test
	void baggageWhenItIsAHeaderThenOnlyWhatIsExpected() {
		assertThat(server.text(server.tool("tenant", Map.of(), Map.of(), "baggage", "tenant=acme,user=mallory")))
			.isEqualTo("{tenant=acme}");
		assertThat(server.text(server.tool("tenant", Map.of(), Map.of(), "baggage", "user=mallory", "Baggage",
				"tenant=acme;property,other=mallory")))
			.isEqualTo("{tenant=acme}");
		assertThat(server.text(server.tool("tenant", Map.of(), Map.of(), "baggage", "user=mallory"))).isEqualTo("{}");
	}

	@Test
	void callWhenItFailsThenSpanSaysSoAndNotWhy() {
		server.tool("fail", Map.of("secret", "hunter2"), Map.of());
		SpanData span = awaited("tools/call fail");
		assertThat(attributes(span)).containsEntry("error.type", "failed");
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(span.toString()).doesNotContain("password").doesNotContain("hunter2");
	}

	@Test
	void callWhenTargetIsMadeUpThenSpanDoesNotSayIt() {
		server.tool("made_up_tool", Map.of(), Map.of(), "Authorization", "Bearer " + Server.KEY);
		SpanData span = awaited("tools/call _unknown_");
		assertThat(attributes(span)).containsEntry("error.type", "unknown_target");
		assertThat(span.toString()).doesNotContain("made_up_tool");
		server.request("resources/read", Map.of("uri", "docs://made_up_page"), "docs://made_up_page", Map.of());
		assertThat(attributes(awaited("resources/read"))).containsEntry("mcp.resource.uri", "docs://{page}");
	}

	@Test
	void callWhenTimeIsOverThenSpanEndsAndNothingIsLeftBehind() {
		Latches latches = server.bean(Latches.class);
		latches.hold(true);
		server.tool("hang", Map.of(), REMOTE);
		SpanData span = awaited("tools/call hang");
		assertThat(attributes(span)).containsEntry("error.type", "deadline");
		latches.hold(false);
		forget();
		// Waits for the only thread
		server.tool("look_up", Map.of(), Map.of());
		SpanData next = awaited("tools/call look_up");
		assertThat(next.getTraceId()).isNotEqualTo(TRACE);
		SpanData request = request(next.getParentSpanId());
		assertThat(request.getParentSpanContext().isValid()).isFalse();
		assertThat(server.span("database.query").getParentSpanId()).isEqualTo(next.getSpanId());
		assertThat(spans("tools/call hang")).isEmpty();
	}

	@Test
	void callWhenServerDoesNotTraceThenClientCannotMakeItUnlessTrusted() {
		try (Server quiet = Server.start("management.tracing.sampling.probability=0")) {
			quiet.tool("look_up", Map.of(), REMOTE);
			assertThat(quiet.spans()).isEmpty();
		}
		try (Server trusting = Server.start("management.tracing.sampling.probability=0",
				"mcp.remote.observe.trust-sampling=true")) {
			trusting.tool("look_up", Map.of(), REMOTE);
			assertThat(trusting.spans()).extracting(SpanData::getName)
				.containsExactlyInAnyOrder("tools/call look_up", "database.query");
		}
	}

	@Test
	void callWhenRequestsAreNotObservedThenStillTraced() {
		try (Server bare = Server.start("management.observations.enable.http.server=false")) {
			bare.tool("look_up", Map.of(), REMOTE);
			SpanData span = bare.span("tools/call look_up");
			assertThat(span.getParentSpanId()).isEqualTo(PARENT);
			assertThat(span.getLinks()).isEmpty();
		}
	}

	private static Map<String, Object> attributes(SpanData span) {
		return span.getAttributes()
			.asMap()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> ((AttributeKey<?>) entry.getKey()).getKey(), Map.Entry::getValue));
	}

	private static List<SpanData> spans(String name) {
		return server.spans().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	/**
	 * The span of a request ends after its response has been sent.
	 */
	private static SpanData awaited(String name) {
		until(() -> !spans(name).isEmpty());
		return server.span(name);
	}

	private static SpanData request(String id) {
		until(() -> spans("http post /mcp").stream().anyMatch((span) -> span.getSpanId().equals(id)));
		return spans("http post /mcp").stream().filter((span) -> span.getSpanId().equals(id)).findFirst().orElseThrow();
	}

	private static void until(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				throw new AssertionError("Has not happened; there are " + server.spans());
			}
			Thread.onSpinWait();
		}
	}

}
