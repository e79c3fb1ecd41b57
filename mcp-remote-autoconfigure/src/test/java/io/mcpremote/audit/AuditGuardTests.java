// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import io.mcpremote.audit.McpRemoteAuditProperties.Overflow;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.ClientInfo;
import io.mcpremote.call.DeprecatedCall;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.policy.TestPolicies;
import io.mcpremote.test.MutableClock;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls are put on record once, and made only if that is not required or was possible.
 */
class AuditGuardTests {

	private static final CallOutcome DONE = new Result("done");

	private final MutableClock clock = new MutableClock();

	private final RecordingSink sink = new RecordingSink("durable", true);

	private final TestContext context = new TestContext();

	private TraceIds traces = new TraceIds(null);

	private List<Redactor> redactors = List.of();

	private AuditTrail trail;

	@AfterEach
	void stop() {
		if (this.trail != null) {
			this.trail.destroy();
		}
	}

	@Test
	void guardWhenExpiredThenRecordedAsSuchAndOnce() {
		CallPipeline pipeline = pipeline(false, this.sink);
		pipeline.run(TestCalls.tool(), this.context);
		TestContext late = new TestContext();
		new CallPipeline(pipeline.guards(), (call, context) -> {
			late.expire(new Failure(FailureKind.DEADLINE, "Too late", null));
			return DONE;
		}).run(TestCalls.tool(), late);
		this.trail.stop();
		assertThat(this.sink.events(Type.CALL)).extracting((event) -> event.ending().outcome())
			.containsExactly("ok", "expired");
	}

	@Test
	void guardWhenItEndsAfterItsTimeThenThatIsOnRecordToo() {
		new CallPipeline(pipeline(false, this.sink).guards(), (call, context) -> {
			this.context.expire(new Failure(FailureKind.DEADLINE, "Too late", null));
			context.attribute(CallContext.LATE, new Failure(FailureKind.FAILED, "No", new IllegalStateException()));
			return new Failure(FailureKind.DEADLINE, "Too late", null);
		}).run(TestCalls.tool(), this.context);
		this.trail.stop();
		assertThat(this.sink.events()).extracting(AuditEvent::type).containsExactly(Type.CALL, Type.LATE);
		AuditEvent late = this.sink.events().get(1);
		assertThat(late.ending().outcome()).isEqualTo("failed");
		assertThat(late.ending().error()).isEqualTo(IllegalStateException.class.getName());
		assertThat(late.details()).containsEntry("call", this.sink.events().get(0).id());
	}

	@Test
	void guardWhenTargetChangesItsArgumentsThenRecordedAsCalled() {
		for (String method : List.of("tools/call", "prompts/get", "completion/complete")) {
			Map<String, Object> arguments = new HashMap<>(Map.of("name", "a", "value", "before"));
			McpCall call = new McpCall("c", Revision.V2026_07_28, method, "some",
					Map.of("arguments", arguments, "argument", arguments), TestCalls.ALICE, null, null,
					TraceContext.NONE, Instant.EPOCH);
			new CallPipeline(pipeline(false, this.sink).guards(), (same, context) -> {
				arguments.put("value", "after");
				return DONE;
			}).run(call, new TestContext());
			this.trail.stop();
		}
		assertThat(this.sink.events()).hasSize(3)
			.allSatisfy((event) -> assertThat(event.action().arguments()).contains("before").doesNotContain("after"));
	}

	@Test
	void guardWhenCallerIsLimitedInALoopThenArgumentsAreLookedAtForThoseOnRecordOnly() {
		AtomicInteger looked = new AtomicInteger();
		this.redactors = List.of((call, path, value) -> {
			looked.incrementAndGet();
			return value;
		});
		List<CallGuard> guards = new ArrayList<>(pipeline(false, this.sink).guards());
		guards.add(refusing(CallStage.CALLER_LIMIT, Refusals.limited("user", "Too many", Duration.ofSeconds(1))));
		CallPipeline limiting = new CallPipeline(guards, (call, context) -> DONE);
		for (int i = 0; i < 100; i++) {
			limiting.run(TestCalls.tool(), new TestContext());
		}
		this.trail.stop();
		assertThat(looked).hasValue(FloodWindow.FIRST);
		assertThat(this.sink.events(Type.CALL)).hasSize(FloodWindow.FIRST)
			.allSatisfy((event) -> assertThat(event.action().arguments()).isEqualTo("{\"text\":\"hi\"}"));
	}

	@Test
	void guardWhenThereAreTracesThenIdOfTheCurrentOne() {
		this.traces = new TraceIds(() -> "4bf92f3577b34da6a3ce929d0e0e4736");
		pipeline(false, this.sink).run(TestCalls.tool(), this.context);
		this.trail.stop();
		assertThat(this.sink.events().get(0).action().traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
	}

	@Test
	void intendWhenTheRecordTakesAllItsTimeThenNoneIsLeftForTheRest() {
		this.trail = new AuditTrail(List.of(this.sink), properties(true), this.clock);
		// Not started, so that the intent finds room and nobody takes it away
		CallRecording recording = CallRecording.begin(TestCalls.tool(), this.context,
				new CallRecords(redaction(true), this.traces, this.clock), this.trail);
		assertThat(recording.patience()).isPositive();
		assertThat(recording.intend(Duration.ofMillis(20))).isFalse();
		assertThat(recording.patience()).isLessThanOrEqualTo(0);
	}

	@Test
	void guardWhenRequiredThenIntentIsDurableBeforeTheTargetRuns() {
		List<Integer> atTarget = new ArrayList<>();
		CallPipeline pipeline = new CallPipeline(pipeline(true, this.sink).guards(), (call, context) -> {
			atTarget.add(this.sink.events(Type.INTENT).size());
			return DONE;
		});
		assertThat(pipeline.run(TestCalls.tool(), this.context)).isSameAs(DONE);
		assertThat(atTarget).containsExactly(1);
		this.trail.stop();
		assertThat(this.sink.events()).extracting(AuditEvent::type).containsExactly(Type.INTENT, Type.CALL);
		AuditEvent intent = this.sink.events().get(0);
		assertThat(intent.ending()).isNull();
		assertThat(intent.action()).isEqualTo(this.sink.events().get(1).action());
		assertThat(intent.details()).containsEntry("call", "c-1");
		assertThat(intent.id()).isNotEqualTo(this.sink.events().get(1).id());
	}

	@Test
	void guardWhenRequiredAndSinkFailsThenRefusedAndNotRun() {
		RecordingSink broken = new RecordingSink("broken", true) {

			@Override
			public void append(List<AuditEvent> events) {
				throw new AuditException("The disk is full", null);
			}

		};
		CallPipeline pipeline = new CallPipeline(pipeline(true, broken).guards(), (call, context) -> {
			throw new AssertionError("The target runs");
		});
		assertRefused(pipeline.run(TestCalls.tool(), this.context));
		this.trail.stop();
		assertRefused(pipeline.run(TestCalls.tool(), new TestContext()));
	}

	@Test
	void guardWhenRequiredAndNothingRunsThenNoIntent() {
		CallPipeline pipeline = pipeline(true, this.sink);
		assertThat(pipeline.run(TestCalls.of(Revision.V2026_07_28, "tools/list", null), this.context)).isSameAs(DONE);
		this.trail.stop();
		assertThat(this.sink.events()).extracting(AuditEvent::type).containsExactly(Type.CALL);
	}

	@Test
	void guardWhenAMillionCallsInventNamesThenNothingIsKeptOfThem() {
		RecordingSink counting = new RecordingSink("counting", false) {

			@Override
			public void append(List<AuditEvent> events) {
				assertThat(events)
					.allSatisfy((event) -> assertThat(AuditEventJson.write(event).length()).isLessThan(2000));
			}

		};
		CallPipeline pipeline = pipeline(false, counting);
		Redaction redaction = redaction(false);
		for (int i = 0; i < 1_000_000; i++) {
			McpCall call = new McpCall("c", Revision.V2026_07_28, "tools/call", "tool " + i, Map.of(), TestCalls.ALICE,
					null, null, TraceContext.NONE, Instant.EPOCH, new ClientInfo("client " + i, "v" + i));
			redaction.of(call, this.context, null);
			if (i % 100 == 0) {
				pipeline.run(call, new TestContext());
			}
		}
		assertThat(redaction.size()).isLessThan(10);
		McpCall huge = new McpCall("c", Revision.V2026_07_28, "tools/call", "t".repeat(100_000), Map.of(),
				TestCalls.ALICE, null, null, TraceContext.NONE, Instant.EPOCH,
				new ClientInfo("n".repeat(100_000) + "\n", "v".repeat(100_000)));
		pipeline.run(huge, new TestContext());
		this.trail.stop();
		assertThat(this.trail.states()).filteredOn((state) -> state.sink().equals("counting"))
			.allMatch((state) -> state.lost() == 0);
	}

	@Test
	void guardWhenCallerIsLimitedInALoopThenFirstFewAndACount() {
		CallPipeline pipeline = pipeline(false, this.sink);
		CallPipeline limiting = new CallPipeline(pipeline.guards(), (call, context) -> {
			context.reach(CallStage.CALLER_LIMIT);
			return Refusals.limited("user", "Too many", Duration.ofSeconds(1));
		});
		for (int i = 0; i < 100; i++) {
			limiting.run(TestCalls.tool(), new TestContext());
		}
		this.trail.stop();
		assertThat(this.sink.events(Type.CALL)).hasSize(FloodWindow.FIRST)
			.allSatisfy((event) -> assertThat(event.ending().stage()).isEqualTo("caller_limit"));
		assertThat(this.sink.events(Type.REFUSED_REQUEST)).hasSize(1).first().satisfies((event) -> {
			assertThat(event.details()).containsEntry("count", Integer.toString(100 - FloodWindow.FIRST));
			assertThat(event.ending().reason()).isEqualTo("limited");
			assertThat(event.actor().subject()).isEqualTo("alice");
		});
	}

	@Test
	void stageThenWhereItWasDecided() {
		assertThat(Endings.stage(new Failure(FailureKind.OUTPUT_TOO_LARGE, "", null), null)).isEqualTo("output");
		assertThat(Endings.stage(new Failure(FailureKind.DEADLINE, "", null), null)).isEqualTo("deadline");
		assertThat(Endings.stage(new Failure(FailureKind.INVALID_ARGUMENTS, "", null), null)).isEqualTo("validate");
		assertThat(Endings.stage(Refusals.of(RefusalReason.INSUFFICIENT_SCOPE, ""), null)).isEqualTo("authorize");
		assertThat(Endings.stage(Refusals.of(RefusalReason.MISSING_CAPABILITY, ""), null)).isEqualTo("target");
		assertThat(Endings.stage(DONE, CallStage.CACHE)).isEqualTo("cache");
		for (FailureKind kind : FailureKind.values()) {
			Failure failure = new Failure(kind, "", null);
			assertThat(Endings.outcome(failure, false)).isNotBlank();
			assertThat(Endings.reason(failure, false)).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
			assertThat(Endings.stage(failure, CallStage.BREAKER)).isNotBlank();
		}
	}

	@Test
	void guardWhenTakenBackThenCancelledUnlessThereWasAResult() {
		CallPipeline pipeline = pipeline(false, this.sink);
		this.context.cancel();
		pipeline.run(TestCalls.tool(), this.context);
		new CallPipeline(pipeline.guards(), (call, context) -> {
			throw new IllegalStateException("Interrupted");
		}).run(TestCalls.tool(), this.context);
		this.trail.stop();
		assertThat(this.sink.events()).extracting((event) -> event.ending().outcome())
			.containsExactly("ok", "cancelled");
		assertThat(this.sink.events().get(0).details()).containsEntry("cancelled", "true");
		assertThat(this.sink.events().get(1).ending().reason()).isEqualTo("cancelled");
	}

	@Test
	void guardWhenToolIsDeprecatedThenThatIsOnRecordToo() {
		CallPipeline pipeline = new CallPipeline(pipeline(false, this.sink).guards(), (call, context) -> {
			context.attribute(DeprecatedCall.ATTRIBUTE, false);
			return DONE;
		});
		pipeline.run(TestCalls.tool(), this.context);
		TestContext cancelled = new TestContext();
		cancelled.cancel();
		pipeline.run(TestCalls.tool(), cancelled);
		this.trail.stop();
		assertThat(this.sink.events()).extracting(AuditEvent::details)
			.containsExactly(Map.of("deprecated", "true"), Map.of("cancelled", "true", "deprecated", "true"));
	}

	@Test
	void guardWhenTheRecordThrowsAnErrorThenTheCallIsMadeAndTheLossCounted() {
		this.trail = new AuditTrail(List.of(this.sink), properties(false), this.clock);
		this.trail.start();
		CallRecords failing = new CallRecords(redaction(false), this.traces, new Clock() {

			@Override
			public ZoneId getZone() {
				return ZoneId.of("UTC");
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				throw new NoClassDefFoundError("hunter2");
			}

		});
		CallGuard guard = new AuditGuard(failing, this.trail);
		TestContext late = new TestContext();
		assertThat(new CallPipeline(List.of(guard), (call, context) -> DONE).run(TestCalls.tool(), this.context))
			.isSameAs(DONE);
		assertThat(new CallPipeline(List.of(guard), (call, context) -> {
			late.expire(new Failure(FailureKind.DEADLINE, "Too late", null));
			return DONE;
		}).run(TestCalls.tool(), late)).isSameAs(DONE);
		// Of the second one also what has become of it later
		assertThat(this.trail.states().get(0).lost()).isEqualTo(3);
	}

	@Test
	void guardWhenNobodyIsSignedInInALoopThenFirstFewAndACount() {
		CallPipeline refusing = new CallPipeline(pipeline(false, this.sink).guards(), (call, context) -> {
			context.reach(CallStage.AUTHORIZE);
			return Refusals.of(RefusalReason.UNAUTHENTICATED, "Who are you?");
		});
		for (int i = 0; i < 100; i++) {
			refusing.run(TestCalls.tool(), new TestContext());
		}
		this.trail.stop();
		assertThat(this.sink.events(Type.CALL)).hasSize(FloodWindow.FIRST);
		assertThat(this.sink.events(Type.REFUSED_REQUEST)).hasSize(1);
	}

	private static CallGuard refusing(CallStage stage, Refusal refusal) {
		return new CallGuard() {

			@Override
			public CallStage stage() {
				return stage;
			}

			@Override
			public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
				return refusal;
			}

		};
	}

	private static void assertRefused(CallOutcome outcome) {
		assertThat(outcome).isInstanceOfSatisfying(Refusal.class, (refusal) -> {
			assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAVAILABLE);
			assertThat(refusal.headers()).containsKey("Retry-After");
			assertThat(refusal.message()).contains("not made").doesNotContain("disk");
		});
	}

	private CallPipeline pipeline(boolean required, AuditSink to) {
		this.trail = new AuditTrail(List.of(to), properties(required), this.clock);
		this.trail.start();
		CallRecords records = new CallRecords(redaction(required), this.traces, this.clock);
		List<CallGuard> guards = new ArrayList<>(List.of(new AuditGuard(records, this.trail), new ActionGuard()));
		if (required) {
			guards.add(new IntentGuard(Duration.ofSeconds(20)));
		}
		return new CallPipeline(guards, (call, context) -> DONE);
	}

	private Redaction redaction(boolean required) {
		return new Redaction(properties(required), TestPolicies.of(), new NoTools(), this.redactors, "1",
				new LossLog(this.clock));
	}

	private static McpRemoteAuditProperties properties(boolean required) {
		return new McpRemoteAuditProperties(true, Mode.REDACTED, List.of(), DataSize.ofKilobytes(4), 100_000,
				DataSize.ofMegabytes(256), Overflow.BLOCK, Duration.ofSeconds(20), required, Duration.ofSeconds(20),
				new McpRemoteAuditProperties.Logger(true));
	}

	/**
	 * A server that has nothing.
	 */
	static final class NoTools implements Catalog {

		@Override
		public Tool find(String name, CallContext context) {
			return null;
		}

		@Override
		public String entry(TargetKind kind, String name, CallContext context) {
			return null;
		}

		@Override
		public String entry(TargetKind kind, String name) {
			return null;
		}

		@Override
		public List<Tool> tools() {
			return List.of();
		}

		@Override
		public List<String> names(TargetKind kind) {
			return List.of();
		}

	}

}
