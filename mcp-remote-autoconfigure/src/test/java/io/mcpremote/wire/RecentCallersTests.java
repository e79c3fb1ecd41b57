// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;

import io.mcpremote.call.Caller;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller is remembered under what it has shown and where it calls from, and under
 * nothing else. There are more callers here than places for them.
 */
class RecentCallersTests {

	private static final int MANY = 3000;

	private final RecentCallers recent = new RecentCallers(256);

	@Test
	void ofWhenSameProofAndAddressThenSameCaller() {
		Object proof = new Object();
		Caller first = of(proof, "alice", "192.0.2.1");
		assertThat(of(proof, "alice", new StringBuilder("192.0.2.1").toString())).isSameAs(first);
		Caller nobody = of(null, null, "192.0.2.1");
		assertThat(of(null, null, "192.0.2.1")).isSameAs(nobody);
	}

	@Test
	void ofWhenManyAddressesThenEachIsItself() {
		Object proof = new Object();
		for (int round = 0; round < 2; round++) {
			for (int i = 0; i < MANY; i++) {
				assertThat(of(null, null, address(i)).address()).isEqualTo(address(i));
				assertThat(of(proof, "alice", address(i)).address()).isEqualTo(address(i));
			}
		}
	}

	@Test
	void ofWhenManyProofsThenEachIsWhoItIs() {
		List<Object> proofs = IntStream.range(0, MANY).mapToObj((i) -> new Object()).toList();
		Concurrently.run(8, (thread) -> {
			for (int i = 0; i < MANY; i++) {
				assertThat(of(proofs.get(i), "user" + i, "192.0.2.1").subject()).isEqualTo("user" + i);
				assertThat(of(null, null, "192.0.2.1").isAnonymous()).isTrue();
			}
		});
	}

	@Test
	void ofWhenProofIsGoneThenNotHeldOnTo() {
		Object[] proofs = IntStream.range(0, MANY).mapToObj((i) -> new Object()).toArray();
		for (int i = 0; i < MANY; i++) {
			of(proofs[i], "user" + i, "192.0.2.1");
		}
		WeakReference<Object> last = new WeakReference<>(proofs[MANY - 1]);
		proofs = new Object[0];
		Eventually.until("what was shown is gone", () -> {
			System.gc();
			return last.refersTo(null);
		});
		for (int i = 0; i < MANY; i++) {
			assertThat(of(null, null, address(i)).isAnonymous()).isTrue();
		}
		assertThat(of(null, null, "192.0.2.1").isAnonymous()).isTrue();
		assertThat(proofs).isEmpty();
	}

	@Test
	void ofWhenAddressIsNotKnownThenStillACaller() {
		assertThat(of(new Object(), "alice", null).subject()).isEqualTo("alice");
	}

	private Caller of(Object proof, String subject, String address) {
		return this.recent.of(proof, address,
				() -> (subject != null) ? new Caller(subject, "issuer", "client", address) : Caller.anonymous(address));
	}

	private static String address(int i) {
		return "10.0." + i / 256 + "." + i % 256;
	}

}
