// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts are right whoever comes and goes, and bounded.
 */
class RunningCallsTests {

	@Test
	void takeWhenAsManyRunAsMayThenRefused() {
		RunningCalls calls = new RunningCalls(10);
		Permit first = calls.permit("alice", 1);
		assertThat(first.take()).isTrue();
		assertThat(calls.permit("alice", 1).take()).isFalse();
		assertThat(calls.permit("bob", 1).take()).isTrue();
		assertThat(calls.size()).isEqualTo(2);
		first.giveBack();
		assertThat(calls.size()).isEqualTo(1);
		assertThat(calls.permit("alice", 1).take()).isTrue();
	}

	@Test
	void giveBackWhenFewHaveCalledThenTheirCountsStay() {
		RunningCalls calls = new RunningCalls(10);
		for (int i = 0; i < 10; i++) {
			callOnce(calls, "user " + i);
		}
		assertThat(calls.room()).isEqualTo(10);
		assertThat(calls.size()).isZero();
	}

	@Test
	void giveBackWhenManyHaveCalledThenNoMoreCountsAreKeptThanMayBe() {
		RunningCalls calls = new RunningCalls(10);
		List<Permit> permits = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			Permit permit = calls.permit("user " + i, 1);
			assertThat(permit.take()).isTrue();
			permits.add(permit);
		}
		assertThat(calls.size()).isEqualTo(1000);
		permits.forEach(Permit::giveBack);
		assertThat(calls.size()).isZero();
		assertThat(calls.room()).isEqualTo(10);
	}

	@Test
	void giveBackWhenGivenBackAlreadyThenNothingIsCounted() {
		RunningCalls calls = new RunningCalls(10);
		Permit other = calls.permit("alice", 2);
		other.take();
		Permit permit = calls.permit("alice", 2);
		permit.take();
		permit.giveBack();
		permit.giveBack();
		assertThat(calls.permit("alice", 2).take()).isTrue();
		assertThat(calls.permit("alice", 2).take()).isFalse();
	}

	@Test
	void takeWhenCountsComeAndGoThenNeverMoreThanMayRun() {
		// None are kept, so that counts are thrown away while others reach for them
		RunningCalls calls = new RunningCalls(0);
		CyclicBarrier round = new CyclicBarrier(8);
		AtomicInteger inside = new AtomicInteger();
		Concurrently.run(8, (i) -> {
			for (int n = 0; n < 2000; n++) {
				await(round);
				Permit permit = calls.permit("alice", 1);
				if (permit.take()) {
					assertThat(inside.incrementAndGet()).isOne();
					inside.decrementAndGet();
					permit.giveBack();
				}
			}
		});
		assertThat(calls.room()).isZero();
	}

	private static void callOnce(RunningCalls calls, String user) {
		Permit permit = calls.permit(user, 1);
		assertThat(permit.take()).isTrue();
		permit.giveBack();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
