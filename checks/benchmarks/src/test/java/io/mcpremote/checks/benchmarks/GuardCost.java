// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.mcpremote.audit.AuditSink;
import io.mcpremote.audit.AuditTrail;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.Policy;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What a call costs on its way through guards as an application has them, to a target
 * that does nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GuardCost {

	private static final String CALL = """
			{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"hello"}}}""";

	/**
	 * The guards in the pipeline.
	 */
	@Param
	public Guards guards;

	private ConfigurableApplicationContext context;

	private CallPipeline pipeline;

	private CallPolicies policies;

	private McpCall call;

	private Map<String, Object> params;

	private CallContext real;

	/**
	 * Start the application and take its guards.
	 */
	@Setup
	public void start() throws IOException, InterruptedException {
		this.context = new SpringApplicationBuilder(Application.class, RealContext.class, Registries.class)
			.profiles("remote", "guards", "observed")
			.initializers(this::addSinks)
			.run("--server.port=0", "--logging.level.root=warn");
		this.real = realContext();
		List<CallGuard> chosen = this.context.getBean(CallPipeline.class)
			.guards()
			.stream()
			.filter((guard) -> this.guards.stages().contains(guard.stage()))
			.toList();
		for (CallStage stage : this.guards.stages()) {
			if (chosen.stream().noneMatch((guard) -> guard.stage() == stage)) {
				throw new IllegalStateException("There is no guard at stage " + stage);
			}
		}
		CallOutcome done = new CallOutcome.Result(
				CallToolResult.builder().addTextContent("echo: a message of ordinary length").build());
		this.pipeline = new CallPipeline(chosen, (ignored, alsoIgnored) -> done);
		this.policies = this.context.getBean(CallPolicies.class);
		this.params = Map.of("name", this.guards.tool(), "arguments",
				Map.of("message", "a message of ordinary length"));
		this.call = newCall();
		if (!(this.pipeline.run(this.call, new MeasuredContext(this.real)) instanceof CallOutcome.Result)) {
			throw new IllegalStateException("The call does not get through");
		}
	}

	/**
	 * Stop the application.
	 */
	@TearDown
	public void stop() {
		// Calls that come without a pause may be faster than their record
		this.context.getBean(AuditTrail.class)
			.states()
			.forEach((state) -> System.out.println("Lost on the way to sink '" + state.sink() + "': " + state.lost()));
		this.context.close();
	}

	/**
	 * Send a call through the guards.
	 */
	@Benchmark
	public CallOutcome call() {
		return this.pipeline.run(newCall(), new MeasuredContext(this.real));
	}

	/**
	 * Find the policy of a call, as most guards do.
	 */
	@Benchmark
	public Policy policy() {
		return this.policies.of(this.call, this.real);
	}

	/**
	 * Nothing that guards find out about a call or its caller is there when the next one
	 * comes.
	 */
	private McpCall newCall() {
		return new McpCall("4bf92f3577b34da6", Revision.V2026_07_28, "tools/call", this.guards.tool(), this.params,
				new Caller("alice", "https://issuer.example", "client-1", "192.0.2.1"), null, null, TraceContext.NONE,
				Instant.EPOCH);
	}

	private void addSinks(ConfigurableApplicationContext application) {
		for (int i = 1; i <= this.guards.sinks(); i++) {
			AuditSink sink = new DiscardingSink("discarding-" + i);
			application.getBeanFactory().registerSingleton(sink.name(), sink);
		}
	}

	private CallContext realContext() throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(CALL))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IllegalStateException("The server answers " + response.statusCode());
		}
		return this.context.getBean(RealContext.class).kept();
	}

}
