// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.concurrent.ExecutionException;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was thrown stays on the server, unless it was thrown to be told.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailuresTests {

	private final McpCall call = TestCalls.tool();

	@Test
	void outcomeOfWhenAnyExceptionThenOnlyReference(CapturedOutput output) {
		IllegalStateException thrown = new IllegalStateException("password=hunter2");
		Failure failure = (Failure) Failures.outcomeOf(this.call, thrown);
		assertThat(failure.kind()).isEqualTo(FailureKind.FAILED);
		assertThat(failure.message()).contains(this.call.id()).doesNotContain("hunter2", "IllegalState");
		assertThat(failure.cause()).isSameAs(thrown);
		assertThat(output).contains(this.call.id(), "tools/call", "'echo'", "hunter2");
	}

	@Test
	void outcomeOfWhenToolExceptionThenItsMessage() {
		Failure failure = (Failure) Failures.outcomeOf(this.call,
				new ToolException("Order 7 is closed", new IllegalStateException("hunter2")));
		assertThat(failure.kind()).isEqualTo(FailureKind.TOLD);
		assertThat(failure.message()).isEqualTo("Order 7 is closed");
	}

	@Test
	void outcomeOfWhenToolExceptionIsWrappedThenItsMessageOnly() {
		Failure failure = (Failure) Failures.outcomeOf(this.call, new ExecutionException("outer",
				new RuntimeException("middle", new ToolException("Order 7 is closed"))));
		assertThat(failure.message()).isEqualTo("Order 7 is closed");
	}

	@Test
	void outcomeOfWhenSignalThenItsOutcome() {
		CallOutcome outcome = new Result("done");
		assertThat(Failures.outcomeOf(this.call, new RuntimeException(new CallSignal(outcome)))).isSameAs(outcome);
	}

	@Test
	void outcomeOfWhenMarkedExceptionHasNothingToSayThenFails() {
		Failure failure = (Failure) Failures.outcomeOf(this.call,
				new Marked(" ", new IllegalStateException("hunter2")));
		assertThat(failure.kind()).isEqualTo(FailureKind.FAILED);
		assertThat(failure.message()).doesNotContain("hunter2");
	}

	@Test
	void outcomeOfWhenMarkedExceptionThenItsMessageOnly() {
		Failure failure = (Failure) Failures.outcomeOf(this.call,
				new RuntimeException("middle", new Marked("Order 7 is closed", new IllegalStateException("hunter2"))));
		assertThat(failure.kind()).isEqualTo(FailureKind.TOLD);
		assertThat(failure.message()).isEqualTo("Order 7 is closed");
	}

	@Test
	void outcomeOfWhenSignalInsideToolExceptionThenSignal() {
		CallOutcome outcome = new Result("done");
		assertThat(Failures.outcomeOf(this.call, new ToolException("told", new CallSignal(outcome)))).isSameAs(outcome);
	}

	@Test
	void outcomeOfWhenCausesRunInCircleThenFailure() {
		RuntimeException inner = new RuntimeException("inner");
		RuntimeException outer = new RuntimeException("outer", inner);
		inner.initCause(outer);
		assertThat(Failures.outcomeOf(this.call, outer)).isInstanceOf(Failure.class);
	}

	@Test
	void failedWhenTargetHasControlCharactersThenOneLineInLog(CapturedOutput output) {
		Failures.failed(TestCalls.of(Revision.V2026_07_28, "tools/call", "x\nWARN forged"), new RuntimeException());
		assertThat(output).contains("'x WARN forged'");
	}

	@ToldToClient
	private static final class Marked extends RuntimeException {

		Marked(String message, Throwable cause) {
			super(message, cause);
		}

	}

}
