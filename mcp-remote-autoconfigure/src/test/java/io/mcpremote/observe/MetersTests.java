// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.mcpremote.call.AbandonedCallEnded;
import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.CircuitAdded;
import io.mcpremote.call.CircuitChanged;
import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.ServerCount;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.observe.CallObservationContext.CacheUse;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted beside the durations of calls.
 */
class MetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final StubCatalog catalog = new StubCatalog("echo");

	private final CallOutcomeMeters outcomes = new CallOutcomeMeters(this.registry);

	private final EventMeters events = new EventMeters(this.registry, new KnownTargets(this.catalog, 3), this.outcomes);

	@Test
	void refusalThenCountedByReasonLevelAndStage() {
		stop(Refusals.limited("user", "Too much", Duration.ofSeconds(1)), CallStage.CALLER_LIMIT);
		stop(Refusals.of(RefusalReason.INSUFFICIENT_SCOPE, "No"), CallStage.AUTHORIZE);
		stop(Refusals.unknownTarget("tool", "x"), null);
		stop(new Result(List.of()), null);
		assertThat(count("mcp.server.refusals", "reason", "limited", "level", "user", "stage", "caller_limit"))
			.isEqualTo(1);
		assertThat(count("mcp.server.refusals", "reason", "insufficient_scope", "level", "none", "stage", "authorize"))
			.isEqualTo(1);
		assertThat(count("mcp.server.refusals", "reason", "unknown_target", "level", "none", "stage", "target"))
			.isEqualTo(1);
		assertThat(this.registry.find("mcp.server.refusals").counters()).hasSize(3);
	}

	@Test
	void refusalWhenLevelsAreMadeUpThenBounded() {
		for (int i = 0; i < 1_000; i++) {
			stop(Refusals.limited("level-" + i, "Too much", Duration.ofSeconds(1)), CallStage.CALLER_LIMIT);
		}
		assertThat(this.registry.find("mcp.server.refusals").counters()).hasSize(51);
	}

	@Test
	void requestRefusedThenCountedWithRefusals() {
		this.events.onRequestRefused(new RequestRefused(RefusalReason.TOO_LARGE, "192.0.2.1", null, null));
		assertThat(count("mcp.server.refusals", "reason", "too_large", "level", "none", "stage", "request"))
			.isEqualTo(1);
	}

	@Test
	void rememberedResultsThenHitsAndMissesOfTool() {
		stop(new Result(List.of()), null, (context) -> context.cacheUse(CacheUse.HIT));
		stop(new Result(List.of()), null, (context) -> context.cacheUse(CacheUse.MISS));
		stop(new Result(List.of()), null, (context) -> context.cacheUse(CacheUse.NONE));
		assertThat(count("mcp.server.cache.gets", "gen_ai.tool.name", "echo", "result", "hit")).isEqualTo(1);
		assertThat(count("mcp.server.cache.gets", "gen_ai.tool.name", "echo", "result", "miss")).isEqualTo(1);
	}

	@Test
	void authenticationFailuresThenCountedByCause() {
		this.events.onAuthenticationFailed(new AuthenticationFailed("expired", "192.0.2.1"));
		this.events.onAuthenticationFailed(new AuthenticationFailed("expired", "192.0.2.2"));
		assertThat(count("mcp.server.authentication.failures", "cause", "expired")).isEqualTo(2);
		for (int i = 0; i < 1_000; i++) {
			this.events.onAuthenticationFailed(new AuthenticationFailed("made-up-" + i, "192.0.2.1"));
		}
		assertThat(this.registry.find("mcp.server.authentication.failures").counters()).hasSize(51);
	}

	@Test
	void authenticationWhenNobodyLookedThenCountedByTheReasonAndLevel() {
		this.events.onAuthenticationFailed(new AuthenticationFailed("too_many", "192.0.2.1"));
		this.events.onAuthenticationFailed(new AuthenticationFailed("unavailable", "192.0.2.1"));
		assertThat(count("mcp.server.refusals", "reason", "limited", "level", "address", "stage", "request")).isOne();
		assertThat(count("mcp.server.refusals", "reason", "unavailable", "level", "none", "stage", "request")).isOne();
		assertThat(this.registry.find("mcp.server.authentication.failures").counters()).isEmpty();
	}

	@Test
	void abandonedCallsThenHowManyAndOfWhichTool() {
		assertThat(gauge("mcp.server.abandoned.active")).isZero();
		this.events.onAbandoned(new CallAbandoned(TestCalls.tool(), Duration.ofSeconds(1), 1, 8));
		this.events.onAbandoned(new CallAbandoned(TestCalls.tool(), Duration.ofSeconds(1), 2, 8));
		assertThat(gauge("mcp.server.abandoned.active")).isEqualTo(2);
		this.events.onAbandonedEnded(new AbandonedCallEnded(TestCalls.tool(), 1, 8));
		assertThat(gauge("mcp.server.abandoned.active")).isEqualTo(1);
		assertThat(count("mcp.server.abandoned", "gen_ai.tool.name", "echo")).isEqualTo(2);
	}

	@Test
	void deprecatedCallsThenCountedByToolAndNotByCaller() {
		this.events.onDeprecated(new DeprecatedCall("c-1", TestCalls.ALICE, "echo", null, null, null, false));
		this.events.onDeprecated(new DeprecatedCall("c-2", TestCalls.BOB, "echo", null, null, null, false));
		this.events.onDeprecated(new DeprecatedCall("c-3", TestCalls.BOB, "echo", null, null, null, true));
		assertThat(count("mcp.server.deprecated.calls", "gen_ai.tool.name", "echo", "removed", "false")).isEqualTo(2);
		assertThat(count("mcp.server.deprecated.calls", "gen_ai.tool.name", "echo", "removed", "true")).isEqualTo(1);
	}

	@Test
	void circuitWhenItHasNeverChangedThenClosed() {
		this.events.onCircuitAdded(new CircuitAdded(TargetKind.TOOL, "echo", "closed"));
		assertThat(circuit("echo")).isZero();
		change("echo", "open");
		assertThat(circuit("echo")).isEqualTo(1);
	}

	@Test
	void toolThenItsDurationWithoutTheTimeOfPeople() {
		MockClock clock = new MockClock();
		SimpleMeterRegistry timed = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
		CallOutcomeMeters meters = new CallOutcomeMeters(timed);
		CallObservationContext context = new CallObservationContext(TestCalls.tool(), "tools/call", TargetKind.TOOL,
				"echo", false);
		meters.onStart(context);
		clock.add(Duration.ofSeconds(100));
		context.end(new Result(List.of()), "none", null, Duration.ofSeconds(98));
		meters.onStop(context);
		Timer timer = timed.get("mcp.server.tool.duration").tag("gen_ai.tool.name", "echo").timer();
		assertThat(timer.count()).isEqualTo(1);
		assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
	}

	@Test
	void toolWhenRefusedOrNoToolThenNoDurationOfIt() {
		stop(Refusals.limited("user", "Too much", Duration.ofSeconds(1)), CallStage.CALLER_LIMIT);
		CallObservationContext prompt = new CallObservationContext(TestCalls.tool(), "prompts/get", TargetKind.PROMPT,
				"summary", false);
		prompt.end(new Result(List.of()), "none", null, Duration.ZERO);
		this.outcomes.onStop(prompt);
		assertThat(this.registry.find("mcp.server.tool.duration").timers()).isEmpty();
	}

	@Test
	void circuitThenSaysWhetherItIsOpen() {
		change("echo", "open");
		assertThat(circuit("echo")).isEqualTo(1);
		change("echo", "half-open");
		assertThat(circuit("echo")).isEqualTo(1);
		change("echo", "forced-open");
		assertThat(circuit("echo")).isEqualTo(1);
		change("echo", "closed");
		assertThat(circuit("echo")).isZero();
	}

	@Test
	void circuitWhenToolIsRemovedThenNotOpenForGood() {
		change("echo", "open");
		this.catalog.tools.remove("echo");
		assertThat(circuit("echo")).isZero();
	}

	@Test
	void circuitsWhenScrapedThenTheListIsReadOnceForAll() {
		AtomicLong nanos = new AtomicLong();
		OfferedNames offered = new OfferedNames(this.catalog, nanos::get);
		for (int i = 0; i < 1_000; i++) {
			assertThat(offered.contains(TargetKind.TOOL, "echo")).isTrue();
		}
		assertThat(this.catalog.listed).hasValue(1);
		this.catalog.tools.remove("echo");
		nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(offered.contains(TargetKind.TOOL, "echo")).isFalse();
	}

	@Test
	void circuitWhenMoreThanThereIsRoomForThenNotShown() {
		for (int i = 0; i < 10; i++) {
			change("tool-" + i, "open");
		}
		assertThat(this.registry.find("mcp.server.circuit.open").gauges()).hasSize(3);
	}

	@Test
	void serverCountsThenGaugesAndTotals() {
		AtomicLong open = new AtomicLong(3);
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("open", new Count("mcp.server.streams.open", open, false));
		beans.registerSingleton("dropped", new Count("mcp.server.audit.dropped", open, true));
		new ServerCountMeters(beans.getBeanProvider(ServerCount.class)).bindTo(this.registry);
		assertThat(gauge("mcp.server.streams.open")).isEqualTo(3);
		open.set(7);
		assertThat(gauge("mcp.server.streams.open")).isEqualTo(7);
		assertThat(this.registry.get("mcp.server.audit.dropped").functionCounter().count()).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.server.operation.duration", "mcp.server.tool.duration" })
	void durationThenBucketsOfOpenTelemetry(String name) {
		this.registry.config().meterFilter(new DurationBuckets());
		Timer timer = Timer.builder(name).register(this.registry);
		assertThat(Arrays.stream(timer.takeSnapshot().histogramCounts())
			.mapToDouble(CountAtBucket::bucket)
			.map((nanos) -> nanos / 1e9))
			.containsExactly(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);
		assertThat(Timer.builder("others").register(this.registry).takeSnapshot().histogramCounts()).isEmpty();
	}

	@Test
	void durationWhenBucketsAreConfiguredThenThose() {
		this.registry.config().meterFilter(new DurationBuckets());
		Timer timer = Timer.builder("mcp.server.operation.duration")
			.serviceLevelObjectives(Duration.ofSeconds(3))
			.register(this.registry);
		assertThat(timer.takeSnapshot().histogramCounts()).hasSize(1);
	}

	private void change(String tool, String to) {
		this.events.onCircuitChanged(new CircuitChanged(TargetKind.TOOL, tool, "closed", to));
	}

	private double circuit(String tool) {
		return this.registry.get("mcp.server.circuit.open").tags("kind", "tool", "target", tool).gauge().value();
	}

	private double gauge(String name) {
		return this.registry.get(name).gauge().value();
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter().count();
	}

	private void stop(CallOutcome outcome, CallStage decided) {
		stop(outcome, decided, (context) -> {
		});
	}

	private void stop(CallOutcome outcome, CallStage decided, Consumer<CallObservationContext> change) {
		CallObservationContext context = new CallObservationContext(TestCalls.tool(), "tools/call", TargetKind.TOOL,
				"echo", true);
		context.end(outcome, ErrorTypes.of(outcome), decided, Duration.ZERO);
		change.accept(context);
		assertThat(this.outcomes.supportsContext(context)).isTrue();
		this.outcomes.onStop(context);
	}

	private record Count(String meter, AtomicLong value, boolean isTotal) implements ServerCount {

		@Override
		public String description() {
			return "Something";
		}

		@Override
		public long count() {
			return this.value.get();
		}

	}

}
