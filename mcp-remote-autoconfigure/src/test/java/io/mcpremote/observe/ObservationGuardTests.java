// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.observe.CallObservationContext.CacheUse;
import io.mcpremote.policy.TestPolicies;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * What an observation says of a call.
 */
class ObservationGuardTests {

	private static final CallOutcome DONE = new Result(CallToolResult.builder().addTextContent("done").build());

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final StubCatalog catalog = new StubCatalog("echo", "search");

	private final KnownTargets targets = new KnownTargets(this.catalog, 10);

	private final TestContext context = new TestContext();

	@Test
	void callWhenToolAnswersThenObservedUnderNamesOfConvention() {
		run(TestCalls.tool(), DONE);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("mcp.server.operation.duration")
			.hasContextualNameEqualTo("tools/call echo")
			.hasBeenStarted()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("mcp.method.name", "tools/call")
			.hasLowCardinalityKeyValue("mcp.protocol.version", "2026-07-28")
			.hasLowCardinalityKeyValue("gen_ai.tool.name", "echo")
			.hasLowCardinalityKeyValue("gen_ai.prompt.name", "none")
			.hasLowCardinalityKeyValue("mcp.resource.uri", "none")
			.hasLowCardinalityKeyValue("error.type", "none")
			.hasHighCardinalityKeyValue("gen_ai.operation.name", "execute_tool")
			.hasHighCardinalityKeyValue("network.transport", "tcp")
			.hasHighCardinalityKeyValue("network.protocol.name", "http")
			.hasHighCardinalityKeyValue("mcp.remote.call.id", "c-1")
			.doesNotHaveError();
	}

	@Test
	void callThenHasTheKeysThatAreDocumentedAndNoOthers() {
		run(TestCalls.tool(), DONE);
		assertThat(observed().getLowCardinalityKeyValues().stream().map(KeyValue::getKey))
			.containsExactlyInAnyOrder(keys(CallObservationDocumentation.CALL.getLowCardinalityKeyNames()));
		assertThat(observed().getHighCardinalityKeyValues().stream().map(KeyValue::getKey))
			.containsExactlyInAnyOrder(keys(CallObservationDocumentation.CALL.getHighCardinalityKeyNames()));
	}

	@ParameterizedTest
	@CsvSource({ "tools/call, echo, tools/call echo, echo, none, none",
			"tools/call, made-up, tools/call _unknown_, _unknown_, none, none",
			"prompts/get, summary, prompts/get summary, none, summary, none",
			"prompts/get, made-up, prompts/get _unknown_, none, _unknown_, none",
			"resources/read, docs://start, resources/read, none, none, docs://start",
			"resources/read, docs://a/b?c, resources/read, none, none, docs://{page}",
			"resources/read, file:///etc/passwd, resources/read, none, none, _unknown_",
			"resources/subscribe, docs://start, resources/subscribe, none, none, docs://start",
			"tools/list, , tools/list, none, none, none", "made/up, , _unknown_, none, none, none",
			"made/up, echo, _unknown_, none, none, none", "tools/call, , tools/call _unknown_, _unknown_, none, none" })
	void callThenOnlyWhatTheServerHasIsNamed(String method, String target, String name, String tool, String prompt,
			String resource) {
		run(TestCalls.of(Revision.V2025_11_25, method, target), DONE);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasContextualNameEqualTo(name)
			.hasLowCardinalityKeyValue("mcp.protocol.version", "2025-11-25")
			.hasLowCardinalityKeyValue("gen_ai.tool.name", tool)
			.hasLowCardinalityKeyValue("gen_ai.prompt.name", prompt)
			.hasLowCardinalityKeyValue("mcp.resource.uri", resource);
	}

	@ParameterizedTest
	@MethodSource
	void outcomeThenOneWordForWhatWentWrong(CallOutcome outcome, String word) {
		run(TestCalls.tool(), outcome);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("error.type", word);
		assertThat(observed().getOutcome()).isSameAs(outcome);
		if (word.equals("none")) {
			assertThat(observed().getError()).isNull();
		}
		else {
			assertThat(observed().getError()).hasMessage(word).hasNoCause();
			assertThat(observed().getError().getStackTrace()).isEmpty();
		}
	}

	static Stream<Object[]> outcomeThenOneWordForWhatWentWrong() {
		CallToolResult failed = CallToolResult.builder().addTextContent("no such city").isError(true).build();
		return Stream.of(new Object[] { new Result(failed), "tool_error" },
				new Object[] { new Result(Map.of("isError", true)), "none" },
				new Object[] { new InputRequired(Map.of(), null), "none" },
				new Object[] { new CallOutcome.Stream((sink) -> {
				}), "none" }, new Object[] { failure(FailureKind.FAILED), "failed" },
				new Object[] { failure(FailureKind.TOLD), "tool_error" },
				new Object[] { failure(FailureKind.DEADLINE), "deadline" },
				new Object[] { Refusals.limited("user", "Too much", Duration.ofSeconds(1)), "limited" },
				new Object[] { Refusals.unknownTarget("tool", "x"), "unknown_target" });
	}

	@ParameterizedTest
	@EnumSource(FailureKind.class)
	void failureWhenOfAnyKindThenHasAWord(FailureKind kind) {
		run(TestCalls.tool(), failure(kind));
		assertThat(observed().getErrorType()).matches("[a-z_]+").isNotEqualTo("none");
	}

	@ParameterizedTest
	@EnumSource(RefusalReason.class)
	void refusalWhenOfAnyReasonThenHasAWord(RefusalReason reason) {
		run(TestCalls.tool(), Refusals.of(reason, "No"));
		assertThat(observed().getErrorType()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
	}

	@Test
	void callWhenCauseSaysSecretsThenObservationDoesNot() {
		run(TestCalls.tool(),
				new Failure(FailureKind.FAILED, "It failed", new IllegalStateException("password=hunter2")));
		assertThat(observed().toString()).doesNotContain("hunter2");
		assertThat(observed().getError()).hasMessage("failed").hasNoCause();
	}

	@Test
	void callWhenUnderWayThenItsObservationIsCurrentAndThenTheOneBefore() {
		Observation around = Observation.start("around", this.registry);
		try (Observation.Scope scope = around.openScope()) {
			run(TestCalls.tool(), (call, running) -> {
				assertThat(this.registry.getCurrentObservation().getContextView())
					.isInstanceOf(CallObservationContext.class);
				assertThat(this.registry.getCurrentObservation().getContextView().getParentObservation())
					.isSameAs(around);
				return DONE;
			});
			assertThat(this.registry.getCurrentObservation()).isSameAs(around);
		}
	}

	@Test
	void callWhenTimeIsOverThenObservedOnceAndAsOfThen() {
		run(TestCalls.tool(), (call, running) -> {
			this.context.expire(failure(FailureKind.DEADLINE));
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasBeenStopped()
				.hasLowCardinalityKeyValue("error.type", "deadline");
			return DONE;
		});
		assertThat(observed().getErrorType()).isEqualTo("deadline");
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void callWhenTakenBackThenCancelledWhateverCameOfIt() {
		run(TestCalls.tool(), (call, running) -> {
			this.context.cancel();
			return DONE;
		});
		assertThat(observed().getErrorType()).isEqualTo("cancelled");
	}

	@Test
	void callWhenTurnedAwayAtLimitThenCatalogIsNotAsked() {
		Refusal limited = Refusals.limited("user", "Too much", Duration.ofSeconds(1));
		CallPipeline pipeline = new CallPipeline(
				List.of(guard(this.registry, null), new StandIn(CallStage.CALLER_LIMIT, limited)),
				(call, running) -> DONE);
		pipeline.run(TestCalls.tool(), this.context);
		assertThat(this.catalog.asked).hasValue(0);
		assertThat(observed().getTool()).isEqualTo("_unknown_");
		assertThat(observed().getDecided()).isEqualTo(CallStage.CALLER_LIMIT);
		this.registry.clear();
		this.targets.use(TargetKind.TOOL, "echo");
		pipeline.run(TestCalls.tool(), this.context);
		assertThat(observed().getTool()).isEqualTo("echo");
		assertThat(this.catalog.asked).hasValue(0);
	}

	@ParameterizedTest
	@CsvSource({ "docs://{page}, docs://{page}", "'', _unknown_" })
	void callWhenSomebodyHasLookedForItsTargetThenCatalogIsNotAsked(String entry, String resource) {
		this.context.attribute(CallContext.ENTRY, entry);
		run(TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://a"), DONE);
		assertThat(observed().getResource()).isEqualTo(resource);
		assertThat(this.catalog.asked).hasValue(0);
	}

	@Test
	void callWhenRefusedAndNobodyHasLookedForItsTargetThenCatalogIsNotAsked() {
		run(TestCalls.tool(), Refusals.of(RefusalReason.INSUFFICIENT_SCOPE, "No"));
		assertThat(observed().getTool()).isEqualTo("_unknown_");
		assertThat(this.catalog.asked).hasValue(0);
	}

	@Test
	void callWhenPersonIsWaitedForThenSaysHowLong() {
		this.context.waited(Duration.ofMinutes(2));
		run(TestCalls.tool(), DONE);
		assertThat(observed().getWaited()).hasMinutes(2);
	}

	@Test
	void callWhenMoreNamesThanThereIsRoomForThenTheRestShareOne() {
		for (int i = 0; i < 20; i++) {
			this.catalog.tools.add("tool-" + i);
			run(TestCalls.of(Revision.V2026_07_28, "tools/call", "tool-" + i), DONE);
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasAnObservationWithAKeyValue("gen_ai.tool.name", "tool-9")
			.hasAnObservationWithAKeyValue("gen_ai.tool.name", "_other_");
		assertThat(this.targets.use(TargetKind.TOOL, "tool-10")).isEqualTo("_other_");
		assertThat(this.targets.use(TargetKind.TOOL, "tool-3")).isEqualTo("tool-3");
	}

	@ParameterizedTest
	@CsvSource({ "true, search, HIT", ", search, MISS", ", echo, NONE" })
	void callWhenResultsAreRememberedThenSaysWhetherItWas(Boolean hit, String tool, CacheUse use) {
		if (hit != null) {
			this.context.attribute("cache.hit", hit);
		}
		run(TestCalls.of(Revision.V2026_07_28, "tools/call", tool), DONE);
		assertThat(observed().cacheUse()).isEqualTo(use);
	}

	@Test
	void callWhenConventionOfApplicationThenItsNames() {
		new CallPipeline(List.of(guard(this.registry, new OwnConvention())), (call, running) -> DONE)
			.run(TestCalls.tool(), this.context);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("my.calls")
			.hasLowCardinalityKeyValue("shop", "Berlin")
			.hasLowCardinalityKeyValue("gen_ai.tool.name", "echo");
	}

	@Test
	void callWhenObservationFailsThenCallDoesNot() {
		CallObservationConvention broken = new DefaultCallObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(CallObservationContext observed) {
				throw new IllegalStateException("broken");
			}

		};
		assertThat(new CallPipeline(List.of(guard(this.registry, broken)), (call, running) -> DONE)
			.run(TestCalls.tool(), this.context)).isSameAs(DONE);
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void callWhenObservationFailsAtTheEndThenCallDoesNotAndScopeIsClosed() {
		CallObservationConvention broken = new DefaultCallObservationConvention() {

			@Override
			public KeyValues getHighCardinalityKeyValues(CallObservationContext observed) {
				if (observed.hasEnded()) {
					throw new IllegalStateException("broken");
				}
				return KeyValues.empty();
			}

		};
		assertThat(new CallPipeline(List.of(guard(this.registry, broken)), (call, running) -> DONE)
			.run(TestCalls.tool(), this.context)).isSameAs(DONE);
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenHandlerFailsThenThreadIsLeftAsItWas(boolean opening) {
		ObservationRegistry observations = ObservationRegistry.create();
		AtomicBoolean broken = new AtomicBoolean();
		observations.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onScopeOpened(Observation.Context observed) {
				fail(opening);
			}

			@Override
			public void onScopeClosed(Observation.Context observed) {
				fail(!opening);
			}

			private void fail(boolean wanted) {
				if (wanted && broken.get()) {
					throw new IllegalStateException("broken");
				}
			}

			@Override
			public boolean supportsContext(Observation.Context observed) {
				return true;
			}

		});
		Observation outer = Observation.start("outer", observations);
		Observation.Scope scope = outer.openScope();
		broken.set(true);
		assertThat(new CallPipeline(List.of(guard(observations, null)), (call, running) -> DONE).run(TestCalls.tool(),
				this.context))
			.isSameAs(DONE);
		broken.set(false);
		assertThat(observations.getCurrentObservationScope()).isSameAs(scope);
		scope.close();
		outer.stop();
	}

	@Test
	void callWhenNobodyObservesThenPassed() {
		assertThat(new CallPipeline(List.of(guard(ObservationRegistry.create(), null)), (call, running) -> DONE)
			.run(TestCalls.tool(), this.context)).isSameAs(DONE);
		assertThatCode(() -> new CallPipeline(List.of(guard(ObservationRegistry.NOOP, null)), (call, running) -> DONE)
			.run(TestCalls.tool(), this.context)).doesNotThrowAnyException();
		assertThat(this.catalog.asked).hasValue(0);
	}

	private void run(McpCall call, CallOutcome outcome) {
		run(call, (same, running) -> outcome);
	}

	private void run(McpCall call, CallChain target) {
		CallOutcome outcome = new CallPipeline(List.of(guard(this.registry, null)), target).run(call, this.context);
		assertThat(outcome).isNotNull();
	}

	private ObservationGuard guard(ObservationRegistry observations, CallObservationConvention convention) {
		return new ObservationGuard(observations, convention, this.targets,
				TestPolicies.of("tools.search.cache.time-to-live=1m", "tools.search.cache.scope=user"),
				(call) -> TraceContext.NONE);
	}

	private CallObservationContext observed() {
		CallObservationContext[] found = new CallObservationContext[1];
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasHandledContextsThatSatisfy(
					(contexts) -> found[0] = (CallObservationContext) contexts.get(contexts.size() - 1));
		return found[0];
	}

	private static String[] keys(KeyName[] names) {
		return Stream.of(names).map(KeyName::asString).toArray(String[]::new);
	}

	private static Failure failure(FailureKind kind) {
		return new Failure(kind, "It did not work", null);
	}

	/**
	 * Answers in place of everything that comes after it.
	 */
	private record StandIn(CallStage stage, CallOutcome outcome) implements CallGuard {

		@Override
		public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
			return this.outcome;
		}

	}

	/**
	 * What an application may want.
	 */
	private static final class OwnConvention extends DefaultCallObservationConvention {

		@Override
		public String getName() {
			return "my.calls";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(CallObservationContext observed) {
			return super.getLowCardinalityKeyValues(observed).and("shop", "Berlin");
		}

	}

}
