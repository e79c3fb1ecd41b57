// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done when a call begins to wait, and when it goes on.
 */
class CallWaitsTests {

	private final List<String> seen = new ArrayList<>();

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);

	private final CallWaits waits = new CallWaits(this.nanos::get);

	CallWaitsTests() {
		this.waits.add(() -> this.seen.add("permit back"), () -> this.seen.add("permit taken"));
		this.waits.add(() -> this.seen.add("clock stands"), () -> this.seen.add("clock goes"));
	}

	@Test
	void duringWhenAnswerIsThereThenNothing() {
		assertThat(this.waits.during(CompletableFuture.completedFuture("yes"))).isCompletedWithValue("yes");
		assertThat(this.seen).isEmpty();
	}

	@Test
	void duringWhenSeveralThenFromTheFirstToTheLast() {
		CompletableFuture<String> one = new CompletableFuture<>();
		CompletableFuture<String> other = new CompletableFuture<>();
		this.waits.during(one);
		CompletableFuture<String> last = this.waits.during(other);
		one.complete("yes");
		assertThat(this.seen).containsExactly("permit back", "clock stands");
		other.completeExceptionally(new IllegalStateException("gone"));
		assertThat(last).isCompletedExceptionally();
		assertThat(this.seen).containsExactly("permit back", "clock stands", "clock goes", "permit taken");
	}

	@Test
	void duringWhenNobodyWantsTheAnswerThenNobodyWaitsForIt() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.waits.during(answer).cancel(false);
		assertThat(answer).isCancelled();
		assertThat(this.seen).containsExactly("permit back", "clock stands", "clock goes", "permit taken");
	}

	@Test
	void totalThenOnlyWhileAnythingIsOpen() {
		assertThat(this.waits.total()).isZero();
		CompletableFuture<String> one = new CompletableFuture<>();
		CompletableFuture<String> other = new CompletableFuture<>();
		this.nanos.addAndGet(7);
		this.waits.during(one);
		this.nanos.addAndGet(10);
		assertThat(this.waits.total()).hasNanos(10);
		this.waits.during(other);
		one.complete("yes");
		this.nanos.addAndGet(20);
		other.complete("yes");
		this.nanos.addAndGet(40);
		assertThat(this.waits.total()).hasNanos(30);
		this.waits.during(new CompletableFuture<>());
		this.nanos.addAndGet(80);
		this.waits.over();
		this.nanos.addAndGet(160);
		assertThat(this.waits.total()).hasNanos(110);
	}

	@Test
	void overWhenNobodyHasAnsweredThenGoesOnOnce() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.waits.during(answer);
		this.waits.over();
		answer.complete("too late");
		this.waits.over();
		assertThat(this.seen).containsExactly("permit back", "clock stands", "clock goes", "permit taken");
	}

}
