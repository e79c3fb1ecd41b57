// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says of a call that failed has no credentials in it.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailuresLogTests {

	@Test
	void failedWhenResourceThenNeitherQueryNorUserIsLogged(CapturedOutput output) {
		for (String uri : new String[] { "note://ann:hunter2@host/a@b?token=hunter2", "note:x?token=hunter2",
				"note://host/a#hunter2" }) {
			Failures.failed(TestCalls.of(Revision.V2026_07_28, "resources/read", uri), new IllegalStateException("No"));
		}
		assertThat(output).contains("'note:x'").contains("'note://host/a'").doesNotContain("hunter2");
	}

}
