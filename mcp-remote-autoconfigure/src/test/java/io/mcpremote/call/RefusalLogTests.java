// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;

import io.mcpremote.test.MutableClock;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;

/**
 * A line per second at most, and none of those left out forgotten.
 */
class RefusalLogTests {

	private final Log logger = mock(Log.class);

	private final MutableClock clock = new MutableClock();

	private final RefusalLog log = new RefusalLog(this.logger, this.clock);

	@Test
	void refusedWhenResourceThenNeitherQueryNorUserIsLogged() {
		this.log.refused(
				TestCalls.of(Revision.V2026_07_28, "resources/read", "note://ann:hunter2@host/a?token=hunter2"),
				"it is too much");
		then(this.logger).should()
			.info("Call c-1 (resources/read of 'note://host/a') of alice is refused: it is too much");
	}

	@Test
	void refusedWhenInALoopThenOneLineAndLaterHowMany() {
		for (int i = 0; i < 5; i++) {
			this.log.refused(TestCalls.tool(), "it is too much");
		}
		this.clock.advance(Duration.ofSeconds(1));
		this.log.refused(TestCalls.tool(), "it is too much");
		ArgumentCaptor<Object> lines = ArgumentCaptor.forClass(Object.class);
		then(this.logger).should(atLeastOnce()).info(lines.capture());
		assertThat(lines.getAllValues()).containsExactly(
				"Call c-1 (tools/call of 'echo') of alice is refused: it is too much",
				"Call c-1 (tools/call of 'echo') of alice is refused: it is too much; 4 more since the last such line");
	}

}
