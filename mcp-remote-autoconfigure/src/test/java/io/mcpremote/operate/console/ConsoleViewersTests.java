// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.util.concurrent.CountDownLatch;

import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ConsoleViewersTests {

	@Test
	void tickWhenItFailsWithAnErrorThenGoesOn() {
		CountDownLatch ticks = new CountDownLatch(2);
		ConsoleFeed feed = mock(ConsoleFeed.class);
		given(feed.next(anyBoolean())).willAnswer((call) -> {
			ticks.countDown();
			throw new NoClassDefFoundError("Figures");
		});
		ConsoleViewers viewers = new ConsoleViewers(feed, 1, new MutableClock());
		viewers.start();
		try {
			Eventually.until("they are told again", ticks);
			assertThat(viewers.isRunning()).isTrue();
		}
		finally {
			viewers.stop();
		}
	}

}
