// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.Caller;
import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller is remembered under what it has shown and where it calls from, and under
 * nothing else.
 */
class RecentCallersTests {

	private final RecentCallers recent = new RecentCallers();

	@Test
	void ofWhenSameProofAndAddressThenSameCaller() {
		Object proof = new Object();
		Caller first = of(proof, "alice", "192.0.2.1");
		assertThat(of(proof, "alice", new StringBuilder("192.0.2.1").toString())).isSameAs(first);
		assertThat(of(proof, "alice", "192.0.2.2").address()).isEqualTo("192.0.2.2");
	}

	@Test
	void ofWhenEqualProofOfAnotherThenAnotherCaller() {
		of(new String("token"), "alice", "192.0.2.1");
		assertThat(of(new String("token"), "bob", "192.0.2.1").subject()).isEqualTo("bob");
	}

	@Test
	void ofWhenNothingIsShownThenNobodyWhoHasShownSomething() {
		of(new Object(), "alice", "192.0.2.1");
		Caller anonymous = this.recent.of(null, "192.0.2.1", () -> Caller.anonymous("192.0.2.1"));
		assertThat(anonymous.isAnonymous()).isTrue();
		assertThat(of(new Object(), "bob", "192.0.2.1").subject()).isEqualTo("bob");
	}

	@Test
	void ofWhenManyAtOnceThenEachIsWhoItIs() {
		List<Object> proofs = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			proofs.add(new Object());
		}
		Concurrently.run(8, (thread) -> {
			for (int round = 0; round < 20; round++) {
				for (int i = 0; i < proofs.size(); i++) {
					String subject = "user" + i;
					String address = "192.0.2." + i % 7;
					Caller caller = of(proofs.get(i), subject, address);
					assertThat(caller.subject()).isEqualTo(subject);
					assertThat(caller.address()).isEqualTo(address);
				}
			}
		});
	}

	private Caller of(Object proof, String subject, String address) {
		return this.recent.of(proof, address, () -> new Caller(subject, "issuer", "client", address));
	}

}
