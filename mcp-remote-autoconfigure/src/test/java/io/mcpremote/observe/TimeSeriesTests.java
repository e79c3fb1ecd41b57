// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.Caller;
import io.mcpremote.call.ClientInfo;
import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestContext;
import io.mcpremote.policy.TestPolicies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients do not make time series.
 */
class TimeSeriesTests {

	private static final int CALLS = 1_000_000;

	private static final List<String> METHODS = List.of("tools/call", "prompts/get", "resources/read",
			"resources/subscribe", "resources/unsubscribe");

	private static final CallOutcome DONE = new Result(Map.of());

	private final Random random = new Random(5);

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final StubCatalog catalog = new StubCatalog("echo");

	private final KnownTargets targets = new KnownTargets(this.catalog, 100);

	private final CallOutcomeMeters outcomes = new CallOutcomeMeters(this.meters);

	private final EventMeters events = new EventMeters(this.meters, this.targets, this.outcomes);

	private final CallPipeline pipeline = pipeline();

	@Test
	void callsWhenAMillionWithNamesMadeUpThenNoFurtherTimeSeries() {
		Random seeds = this.random;
		// One of each kind that there is
		for (int i = 0; i < 2_000; i++) {
			McpCall call = madeUp(seeds);
			this.pipeline.run(call, new TestContext());
			tellOf(call);
		}
		int before = this.meters.getMeters().size();
		for (int i = 0; i < CALLS; i++) {
			McpCall call = madeUp(seeds);
			this.pipeline.run(call, new TestContext());
			tellOf(call);
		}
		assertThat(this.meters.getMeters()).hasSize(before);
		assertThat(
				this.meters.find(DefaultCallObservationConvention.NAME).timers().stream().mapToLong(Timer::count).sum())
			.isEqualTo(CALLS + 2_000L);
	}

	@Test
	void callsWhenToolsComeAndGoThenTimeSeriesAreBounded() {
		for (int i = 0; i < 1_000; i++) {
			this.catalog.tools.add("tool-" + i);
			run("tool-" + i);
			this.catalog.tools.remove("tool-" + i);
			run("tool-" + i);
		}
		assertThat(this.meters.find(DefaultCallObservationConvention.NAME)
			.timers()
			.stream()
			.map((timer) -> timer.getId().getTag("gen_ai.tool.name"))
			.distinct()).hasSize(102).contains("_other_", "_unknown_", "tool-99").doesNotContain("tool-100");
		assertThat(this.targets.use(TargetKind.TOOL, "another")).isEqualTo("_other_");
	}

	/**
	 * Tell of what else happens to calls and requests in which everything is made up.
	 */
	private void tellOf(McpCall call) {
		this.events
			.onRequestRefused(new RequestRefused(RefusalReason.NOT_JSON, call.id(), call.caller(), call.method()));
		this.events.onAuthenticationFailed(new AuthenticationFailed("expired", call.id()));
		this.events.onAbandoned(new CallAbandoned(call, Duration.ofSeconds(1), 1, 8));
		this.events.onDeprecated(new DeprecatedCall(call.id(), call.caller(), "echo", null, null, null, false));
	}

	private void run(String tool) {
		this.pipeline.run(call(this.random, "tools/call", tool), new TestContext());
	}

	private McpCall madeUp(Random seeds) {
		String method = (seeds.nextInt(8) == 0) ? text(seeds) : METHODS.get(seeds.nextInt(METHODS.size()));
		String scheme = (seeds.nextBoolean()) ? "docs://" : "";
		return call(seeds, method, scheme + text(seeds));
	}

	private static McpCall call(Random seeds, String method, String target) {
		Revision[] revisions = Revision.values();
		return new McpCall(text(seeds), revisions[seeds.nextInt(revisions.length)], method, target,
				Map.of("arguments", Map.of(text(seeds), text(seeds))),
				new Caller(text(seeds), text(seeds), text(seeds), text(seeds)), text(seeds), null,
				new TraceContext(text(seeds), text(seeds), text(seeds)), Instant.EPOCH,
				new ClientInfo(text(seeds), text(seeds)));
	}

	private static String text(Random seeds) {
		return Long.toString(seeds.nextLong(), 36);
	}

	private CallPipeline pipeline() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(this.outcomes);
		ObservationGuard guard = new ObservationGuard(observations, null, this.targets, TestPolicies.of(), null);
		return new CallPipeline(List.of(guard),
				(call, context) -> (call.target().startsWith("tool-") || call.target().startsWith("docs")) ? DONE
						: Refusals.unknownTarget("tool", call.target()));
	}

}
