// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Type;
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
		assertThat(admitted).isEqualTo(Floods.FIRST);
		this.floods.tick();
		assertThat(this.summaries).isEmpty();
		this.clock.advance(Floods.WINDOW);
		this.floods.tick();
		assertThat(this.summaries).hasSize(1).first().satisfies((summary) -> {
			assertThat(summary.type()).isEqualTo(Type.AUTHENTICATION_FAILURE);
			assertThat(summary.actor().address()).isEqualTo("192.0.2.1");
			assertThat(summary.ending().reason()).isEqualTo("expired");
			assertThat(summary.details()).containsEntry("count", Integer.toString(1_000 - Floods.FIRST));
		});
		assertThat(admit("192.0.2.1")).isTrue();
	}

	@Test
	void admitWhenOfAMillionAddressesThenBounded() {
		int admitted = 0;
		for (int i = 0; i < 1_000_000; i++) {
			admitted += (admit("address " + i)) ? 1 : 0;
		}
		assertThat(admitted).isEqualTo(Floods.MAX_KEYS);
		this.floods.flush();
		assertThat(this.summaries).hasSize(1).first().satisfies((summary) -> {
			assertThat(summary.actor()).isEqualTo(Actor.NONE);
			assertThat(summary.details()).containsEntry("count", Integer.toString(1_000_000 - Floods.MAX_KEYS));
		});
	}

	@Test
	void admitWhenUnknownAddressesExhaustTheirsThenSignedInCallersHaveTheirOwn() {
		for (int i = 0; i < 2 * Floods.MAX_KEYS; i++) {
			admit("address " + i);
		}
		assertThat(admit("one more")).isFalse();
		assertThat(this.floods.admit(Type.AUTHENTICATION_FAILURE, "authentication", "expired", "ann",
				new Actor("ann", null, null, null, "192.0.2.1")))
			.isTrue();
		assertThat(this.floods.admit(Type.REFUSED_REQUEST, "request", "not_json", "address 1",
				new Actor(null, null, null, null, "address 1")))
			.isTrue();
	}

	@Test
	void admitWhenFewThenNoSummary() {
		for (int i = 0; i < Floods.FIRST; i++) {
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
		assertThat(admitted).hasValue(Floods.FIRST);
	}

	private boolean admit(String address) {
		return this.floods.admit(Type.AUTHENTICATION_FAILURE, "authentication", "expired", address,
				new Actor(null, null, null, null, address));
	}

}
