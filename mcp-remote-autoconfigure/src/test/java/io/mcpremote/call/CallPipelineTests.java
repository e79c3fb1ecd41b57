// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls meet their guards in order, and whatever is thrown becomes an outcome.
 */
class CallPipelineTests {

	private static final CallOutcome DONE = new Result("done");

	private final List<String> met = new ArrayList<>();

	@Test
	void runWhenNoGuardsThenTargetAnswers() {
		assertThat(run(List.of(), (call, context) -> DONE)).isSameAs(DONE);
	}

	@Test
	void runWhenGuardsUnsortedThenStagesInOrder() {
		run(List.of(noting(CallStage.OUTPUT, "output"), noting(CallStage.AUTHORIZE, "authorize"),
				noting(CallStage.OBSERVE, "observe")), (call, context) -> DONE);
		assertThat(this.met).containsExactly("observe", "authorize", "output", "output back", "authorize back",
				"observe back");
	}

	@Test
	void runWhenSeveralGuardsAtOneStageThenKeepsTheirOrder() {
		run(List.of(noting(CallStage.VALIDATE, "b"), noting(CallStage.AUDIT, "audit"), noting(CallStage.VALIDATE, "a"),
				noting(CallStage.VALIDATE, "c")), (call, context) -> DONE);
		assertThat(this.met).startsWith("audit", "b", "a", "c");
	}

	@Test
	void runWhenGuardRefusesThenRestIsNotMetAndOuterGuardsSeeRefusal() {
		Refusal refusal = Refusals.of(RefusalReason.LIMITED, "Too much");
		CallGuard refusing = guard(CallStage.CALLER_LIMIT, (call, context, next) -> refusal);
		List<CallOutcome> seen = new ArrayList<>();
		CallOutcome outcome = run(List.of(seeing(seen), refusing, noting(CallStage.DEADLINE, "deadline")),
				(call, context) -> DONE);
		assertThat(outcome).isSameAs(refusal);
		assertThat(seen).containsExactly(refusal);
		assertThat(this.met).isEmpty();
	}

	@Test
	void runWhenInnerGuardThrowsThenOuterGuardSeesFailure() {
		CallGuard throwing = guard(CallStage.BREAKER, (call, context, next) -> {
			throw new IllegalStateException("secret");
		});
		List<CallOutcome> seen = new ArrayList<>();
		CallOutcome outcome = run(List.of(seeing(seen), throwing), (call, context) -> DONE);
		assertThat(seen).containsExactly(outcome);
		assertThat(outcome).isInstanceOfSatisfying(Failure.class, (failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.FAILED);
			assertThat(failure.message()).doesNotContain("secret").contains("c-1");
		});
	}

	@Test
	void runWhenOutermostGuardThrowsThenFailure() {
		CallGuard throwing = guard(CallStage.OBSERVE, (call, context, next) -> {
			throw new IllegalStateException("secret");
		});
		assertThat(run(List.of(throwing), (call, context) -> DONE)).isInstanceOf(Failure.class);
	}

	@Test
	void runWhenGuardChangesOutcomeThenChanged() {
		CallOutcome other = new Result("other");
		CallGuard changing = guard(CallStage.OUTPUT, (call, context, next) -> {
			next.proceed(call, context);
			return other;
		});
		assertThat(run(List.of(changing), (call, context) -> DONE)).isSameAs(other);
	}

	@ParameterizedTest
	@MethodSource
	void runWhenTargetThrowsThenFailure(Throwable thrown) {
		List<CallOutcome> seen = new ArrayList<>();
		CallOutcome outcome = run(List.of(seeing(seen)), (call, context) -> {
			throw CallPipelineTests.<RuntimeException>sneaky(thrown);
		});
		assertThat(outcome).isInstanceOfSatisfying(Failure.class, (failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.FAILED);
			assertThat(failure.message()).doesNotContain("secret").doesNotContain(thrown.getClass().getSimpleName());
			assertThat(failure.cause()).isSameAs(thrown);
		});
		assertThat(seen).containsExactly(outcome);
	}

	static Stream<Throwable> runWhenTargetThrowsThenFailure() {
		return Stream.of(new IllegalStateException("secret"), new IOException("secret"), new StackOverflowError(),
				new NoClassDefFoundError("secret"), new AssertionError("secret"), new Error("secret"),
				new OutOfMemoryError("secret"), new Throwable("secret"));
	}

	@ParameterizedTest
	@MethodSource("runWhenTargetThrowsThenFailure")
	void runWhenGuardThrowsThenFailure(Throwable thrown) {
		CallGuard throwing = guard(CallStage.CACHE, (call, context, next) -> {
			throw CallPipelineTests.<RuntimeException>sneaky(thrown);
		});
		assertThat(run(List.of(throwing), (call, context) -> DONE)).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.cause()).isSameAs(thrown));
	}

	@Test
	void runWhenTargetSignalsThenCarriedOutcome() {
		CallOutcome required = new CallOutcome.InputRequired(Map.of(), "state");
		CallOutcome outcome = run(List.of(), (call, context) -> {
			throw new IllegalStateException(new RuntimeException(new CallSignal(required)));
		});
		assertThat(outcome).isSameAs(required);
	}

	@Test
	void guardsThenSorted() {
		CallGuard first = noting(CallStage.ADMIT, "first");
		CallGuard second = noting(CallStage.CONFIRM, "second");
		assertThat(new CallPipeline(List.of(second, first), (call, context) -> DONE).guards()).containsExactly(first,
				second);
	}

	@Test
	void toStringThenStagesInOrder() {
		CallPipeline pipeline = new CallPipeline(List.of(noting(CallStage.TOOL_LIMIT, ""), noting(CallStage.ADMIT, "")),
				(call, context) -> DONE);
		assertThat(pipeline).hasToString("admit -> tool_limit -> target");
	}

	@Test
	void runWhenGuardAnswersThenCallHasReachedItsStage() {
		TestContext context = new TestContext();
		new CallPipeline(List.of(noting(CallStage.AUDIT, "audit"),
				guard(CallStage.CACHE, (call, ignored, next) -> DONE), noting(CallStage.OUTPUT, "output")),
				(call, ignored) -> DONE)
			.run(TestCalls.tool(), context);
		assertThat(context.reached()).isEqualTo(CallStage.CACHE);
	}

	@Test
	void runWhenTargetAnswersThenCallHasReachedNoStage() {
		TestContext context = new TestContext();
		new CallPipeline(List.of(noting(CallStage.OUTPUT, "output")), (call, ignored) -> DONE).run(TestCalls.tool(),
				context);
		assertThat(context.reached()).isNull();
	}

	private static CallOutcome run(List<CallGuard> guards, CallChain target) {
		return new CallPipeline(guards, target).run(TestCalls.tool(), new TestContext());
	}

	private CallGuard noting(CallStage stage, String name) {
		return guard(stage, (call, context, next) -> {
			this.met.add(name);
			CallOutcome outcome = next.proceed(call, context);
			this.met.add(name + " back");
			return outcome;
		});
	}

	private static CallGuard seeing(List<CallOutcome> seen) {
		return guard(CallStage.OBSERVE, (call, context, next) -> {
			CallOutcome outcome = next.proceed(call, context);
			seen.add(outcome);
			return outcome;
		});
	}

	private static CallGuard guard(CallStage stage, Behaviour behaviour) {
		return new CallGuard() {

			@Override
			public CallStage stage() {
				return stage;
			}

			@Override
			public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
				return behaviour.guard(call, context, next);
			}

		};
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
		throw (T) thrown;
	}

	private interface Behaviour {

		CallOutcome guard(McpCall call, CallContext context, CallChain next);

	}

}
