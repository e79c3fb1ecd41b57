// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Type;
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
