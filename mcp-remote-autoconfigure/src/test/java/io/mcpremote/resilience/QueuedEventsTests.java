// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.mcpremote.test.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners hear of everything in order, and keep nobody waiting.
 */
@ExtendWith(OutputCaptureExtension.class)
class QueuedEventsTests {

	private final List<Object> heard = new CopyOnWriteArrayList<>();

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private volatile Thread thread;

	private final QueuedEvents events = new QueuedEvents(this::hear);

	@AfterEach
	void close() {
		this.release.countDown();
		this.events.close();
	}

	@Test
	void publishWhenListenerBlocksThenDoesNotWaitAndKeepsTheOrder() {
		this.events.publish("block");
		Eventually.until("the listener blocks", this.entered);
		for (int i = 0; i < 100; i++) {
			this.events.publish(i);
		}
		assertThat(this.heard).isEmpty();
		this.release.countDown();
		Eventually.until("all has been heard", () -> this.heard.size() == 101);
		assertThat(this.heard).startsWith("block", 0, 1, 2).endsWith(98, 99);
	}

	@Test
	void publishWhenListenerFailsThenOthersAreHeard() {
		this.events.publish("fail");
		this.events.publish("error");
		this.events.publish("last");
		Eventually.until("the last one has been heard", () -> this.heard.contains("last"));
		assertThat(this.heard).containsExactly("last");
	}

	@Test
	void publishWhenTooManyWaitThenTheOldestGo(CapturedOutput output) {
		this.events.publish("block");
		Eventually.until("the listener blocks", this.entered);
		for (int i = 0; i < 1003; i++) {
			this.events.publish(i);
		}
		this.release.countDown();
		Eventually.until("the last one has been heard", () -> this.heard.contains(1002));
		assertThat(this.heard).hasSize(1001).startsWith("block", 3, 4);
		// Of the first and of the second, and not of the third
		assertThat(output).containsOnlyOnce(": 1 of them so far")
			.containsOnlyOnce(": 2 of them so far")
			.doesNotContain(": 3 of them so far");
	}

	@Test
	void publishWhenClosedThenNothing() throws InterruptedException {
		this.events.publish("early");
		Eventually.until("the first one has been heard", () -> this.heard.contains("early"));
		this.events.close();
		this.events.publish("late");
		this.thread.join(Duration.ofSeconds(30).toMillis());
		assertThat(this.thread.isAlive()).isFalse();
		assertThat(this.heard).containsExactly("early");
	}

	private void hear(Object event) {
		this.thread = Thread.currentThread();
		switch (event.toString()) {
			case "fail" -> throw new IllegalStateException("A listener fails");
			case "error" -> throw new AssertionError("A listener fails badly");
			case "block" -> {
				this.entered.countDown();
				Eventually.until("the listener may go on", this.release);
			}
			default -> {
			}
		}
		this.heard.add(event);
	}

}
