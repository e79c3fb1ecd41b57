// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.audit.FloodCount.Verdict;
import io.mcpremote.call.Caller;
import io.mcpremote.call.TestCalls;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is refused in a loop, or from everywhere, fills no record.
 */
class FloodsTests {

	private final MutableClock clock = new MutableClock();

	private final List<AuditEvent> summaries = new ArrayList<>();

	private final Floods floods = new Floods(this.clock, this.summaries::add);

	@Test
	void admitWhenRepeatedThenFirstFewAndACount() {
		int admitted = 0;
		for (int i = 0; i < 1_000; i++) {
			admitted += (admit("192.0.2.1")) ? 1 : 0;
		}
		assertThat(admitted).isEqualTo(FloodWindow.FIRST);
		this.floods.tick();
		assertThat(this.summaries).isEmpty();
		this.clock.advance(Floods.WINDOW);
		this.floods.tick();
		assertThat(this.summaries).hasSize(1).first().satisfies((summary) -> {
			assertThat(summary.type()).isEqualTo(Type.AUTHENTICATION_FAILURE);
			assertThat(summary.actor().address()).isEqualTo("192.0.2.1");
			assertThat(summary.ending().reason()).isEqualTo("expired");
			assertThat(summary.details()).containsEntry("count", Integer.toString(1_000 - FloodWindow.FIRST));
		});
		assertThat(admit("192.0.2.1")).isTrue();
	}

	@Test
	void admitWhenOfAMillionAddressesThenBounded() {
		int admitted = 0;
		for (int i = 0; i < 1_000_000; i++) {
			admitted += (admit(address(i))) ? 1 : 0;
		}
		assertThat(admitted).isEqualTo(FloodWindow.MAX_KEYS);
		this.floods.flush();
		assertThat(this.summaries).hasSize(1).first().satisfies((summary) -> {
			assertThat(summary.actor()).isEqualTo(Actor.NONE);
			assertThat(summary.details())
				.isEqualTo(Map.of("count", Integer.toString(1_000_000 - FloodWindow.MAX_KEYS)));
		});
	}

	@Test
	void admitWhenUnknownAddressesExhaustTheirsThenSignedInCallersHaveTheirOwn() {
		for (int i = 0; i < 2 * FloodWindow.MAX_KEYS; i++) {
			admit(address(i));
		}
		assertThat(admit("one more")).isFalse();
		assertThat(this.floods.admit(Type.AUTHENTICATION_FAILURE, "authentication", "expired", TestCalls.ALICE))
			.isTrue();
		assertThat(this.floods.admit(Type.REFUSED_REQUEST, "request", "not_json", Caller.anonymous(address(1))))
			.isTrue();
	}

	@Test
	void admitWhenOneUserComesWithEverNewClientsThenOthersAreNotHidden() {
		int admitted = 0;
		for (int i = 0; i < 10_000; i++) {
			admitted += (refuse(new Caller("mallory", "https://issuer.example", "client-" + i, "192.0.2.1"))) ? 1 : 0;
		}
		assertThat(admitted).isEqualTo(FloodWindow.MAX_OF_GROUP);
		assertThat(refuse(TestCalls.ALICE)).isTrue();
		this.floods.flush();
		assertThat(this.summaries).hasSize(1).first().satisfies((summary) -> {
			assertThat(summary.actor()).isEqualTo(new Actor("mallory", "https://issuer.example", null, null, null));
			assertThat(summary.details())
				.isEqualTo(Map.of("count", Integer.toString(10_000 - FloodWindow.MAX_OF_GROUP)));
		});
	}

	@Test
	void admitWhenOneNetworkHasEverNewAddressesThenOthersAreNotHidden() {
		for (int i = 0; i < 10_000; i++) {
			admit("2001:db8:" + Integer.toHexString(i) + ":1::1");
		}
		assertThat(admit("2001:db9:1:1::1")).isTrue();
		assertThat(admit("192.0.2.1")).isTrue();
		this.floods.flush();
		assertThat(this.summaries).hasSize(1).first().satisfies((summary) -> {
			assertThat(summary.actor()).isEqualTo(Actor.NONE);
			assertThat(summary.details())
				.isEqualTo(Map.of("network", "2001:db8", "count", Integer.toString(10_000 - FloodWindow.MAX_OF_GROUP)));
		});
	}

	@Test
	void admitWhenFewThenNoSummary() {
		for (int i = 0; i < FloodWindow.FIRST; i++) {
			assertThat(admit("192.0.2.1")).isTrue();
		}
		this.floods.flush();
		this.floods.flush();
		assertThat(this.summaries).isEmpty();
	}

	@Test
	void admitWhenConcurrentThenNotMoreThanTheFirst() {
		AtomicInteger admitted = new AtomicInteger();
		Concurrently.run(8, (thread) -> {
			for (int i = 0; i < 1000; i++) {
				admitted.addAndGet((admit("192.0.2.1")) ? 1 : 0);
			}
		});
		assertThat(admitted).hasValue(FloodWindow.FIRST);
	}

	/**
	 * Whoever holds a window while it ends neither waits for others nor gets lost.
	 */
	@Test
	void admitWhenWindowsEndMeanwhileThenAllAreRecordedOrCounted() {
		int threads = 4;
		int each = 50_000;
		AtomicLong recorded = new AtomicLong();
		AtomicLong counted = new AtomicLong();
		Floods ending = new Floods(this.clock,
				(summary) -> counted.addAndGet(Long.parseLong(summary.details().get("count"))));
		AtomicInteger refusing = new AtomicInteger(threads);
		Concurrently.run(threads + 1, (thread) -> {
			if (thread == threads) {
				while (refusing.get() > 0 && !Thread.currentThread().isInterrupted()) {
					ending.flush();
				}
				return;
			}
			for (int i = 0; i < each; i++) {
				Caller caller = Caller.anonymous("address " + i % 3);
				boolean alone = ending.admit(Type.AUTHENTICATION_FAILURE, "authentication", "expired", caller);
				recorded.addAndGet((alone) ? 1 : 0);
			}
			refusing.decrementAndGet();
		});
		ending.flush();
		assertThat(recorded.get() + counted.get()).isEqualTo((long) threads * each);
	}

	@Test
	void admitWhenWindowHasEndedThenUpToTheNext() {
		FloodWindow window = new FloodWindow(this.clock.instant());
		Caller known = Caller.anonymous("192.0.2.1");
		for (int i = 0; i < 7; i++) {
			admit(window, known);
		}
		window.close(this.clock.instant(), this.summaries::add);
		assertThat(this.summaries).singleElement()
			.satisfies((summary) -> assertThat(summary.details()).containsEntry("count", "2"));
		assertThat(admit(window, known)).isEqualTo(Verdict.TOO_LATE);
		// Whoever was not there yet cannot know, and is taken along by closing once more
		Caller fresh = Caller.anonymous("192.0.2.2");
		for (int i = 0; i < 6; i++) {
			admit(window, fresh);
		}
		window.close(this.clock.instant(), this.summaries::add);
		window.close(this.clock.instant(), this.summaries::add);
		assertThat(this.summaries).hasSize(2)
			.last()
			.satisfies((summary) -> assertThat(summary.details()).containsEntry("count", "1"));
		assertThat(admit(window, fresh)).isEqualTo(Verdict.TOO_LATE);
	}

	private static Verdict admit(FloodWindow window, Caller caller) {
		return window.admit(Type.AUTHENTICATION_FAILURE, "authentication", "expired", caller);
	}

	private boolean admit(String address) {
		return this.floods.admit(Type.AUTHENTICATION_FAILURE, "authentication", "expired", Caller.anonymous(address));
	}

	private boolean refuse(Caller caller) {
		return this.floods.admit(Type.REFUSED_REQUEST, "caller_limit", "limited", caller);
	}

	/**
	 * Return one of addresses that are nobody's neighbours.
	 */
	private static String address(int i) {
		return "address " + i;
	}

}
