// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.time.LocalDate;

import io.mcpremote.call.Caller;
import io.mcpremote.call.DeprecatedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers that come in great numbers do not fill the log.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeprecationLogTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 8, 1);

	private final DeprecationLog log = new DeprecationLog();

	@Test
	void calledWhenManyCallersThenBounded(CapturedOutput output) {
		for (int i = 0; i < 1_500; i++) {
			this.log.called(call("user-" + i, null, null, false), TODAY);
		}
		this.log.called(call("user-1", null, null, false), TODAY);
		assertThat(lines(output, "deprecated tool 'old'")).isEqualTo(1_000);
		assertThat(lines(output, "more than 1000 callers today")).isEqualTo(1);
		this.log.called(call("user-1", null, null, false), TODAY.plusDays(1));
		assertThat(lines(output, "deprecated tool 'old'")).isEqualTo(1_001);
	}

	@Test
	void calledThenSaysWhoAndWhatInstead(CapturedOutput output) {
		this.log.called(call("ada\nroot", TODAY.plusDays(3), "fresh", false), TODAY);
		assertThat(output).contains("of ada root (client c-1) is of the deprecated tool 'old', to be removed on"
				+ " 2026-08-04; they should use 'fresh'");
		this.log.called(call("bob", TODAY, null, true), TODAY);
		assertThat(output)
			.contains("of bob (client c-1) is of the deprecated tool 'old', removed on 2026-08-01 and" + " refused.");
	}

	private static DeprecatedCall call(String user, LocalDate removal, String replacedBy, boolean removed) {
		return new DeprecatedCall("id", new Caller(user, "issuer", "c-1", "192.0.2.1"), "old", null, removal,
				replacedBy, removed);
	}

	private static long lines(CapturedOutput output, String part) {
		return output.getAll().lines().filter((line) -> line.contains(part)).count();
	}

}
