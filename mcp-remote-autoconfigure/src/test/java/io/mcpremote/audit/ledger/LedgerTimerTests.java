// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.mcpremote.test.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTimerTests {

	private final CountDownLatch ticks = new CountDownLatch(3);

	private final CountDownLatch flushes = new CountDownLatch(2);

	@Test
	void tickWhenItFailsWithAnErrorThenGoesOn() {
		LedgerTimer timer = new LedgerTimer("test", () -> fail(this.ticks), () -> fail(this.flushes),
				Duration.ofMillis(1));
		try {
			Eventually.until("it ticks again", this.ticks);
			Eventually.until("it flushes again", this.flushes);
			assertThat(this.flushes.getCount()).isZero();
		}
		finally {
			timer.close();
		}
	}

	private static void fail(CountDownLatch times) {
		times.countDown();
		throw new NoClassDefFoundError("Driver");
	}

}
