// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No two callers share a key.
 */
class CallerTests {

	@Test
	void ownerKeyWhenPartsContainSeparatorsThenStillDifferent() {
		List<String> parts = new ArrayList<>(
				List.of("", "-", ";", "-;", "a", "a;", ";a", "1=a", "1=a;", "1=a;1=a", "0=;", "address:a", "2=a;"));
		parts.add(null);
		List<Caller> callers = new ArrayList<>();
		for (String subject : parts) {
			for (String issuer : parts) {
				for (String client : parts) {
					if (subject != null) {
						callers.add(new Caller(subject, issuer, client, "192.0.2.1"));
					}
				}
			}
		}
		parts.stream().filter((part) -> part != null).map(Caller::anonymous).forEach(callers::add);
		assertThat(callers).extracting(Caller::ownerKey).doesNotHaveDuplicates();
	}

	@Test
	void ownerKeyWhenAuthenticatedThenWithoutAddress() {
		Caller here = new Caller("alice", "issuer", "client", "192.0.2.1");
		Caller there = new Caller("alice", "issuer", "client", "192.0.2.2");
		assertThat(here.ownerKey()).isEqualTo(there.ownerKey());
	}

	@Test
	void ownerKeyWhenAnonymousThenByAddress() {
		assertThat(Caller.anonymous("192.0.2.1").ownerKey()).isNotEqualTo(Caller.anonymous("192.0.2.2").ownerKey())
			.isEqualTo(Caller.anonymous("192.0.2.1").ownerKey());
	}

	@Test
	void addressOfOwnerKeyThenThatOfAnonymousCallersOnly() {
		assertThat(Caller.addressOfOwnerKey(Caller.anonymous("192.0.2.1").ownerKey())).isEqualTo("192.0.2.1");
		assertThat(Caller.addressOfOwnerKey(TestCalls.ALICE.ownerKey())).isNull();
	}

	@Test
	void isAnonymousThenWithoutSubject() {
		assertThat(Caller.anonymous("192.0.2.1").isAnonymous()).isTrue();
		assertThat(TestCalls.ALICE.isAnonymous()).isFalse();
	}

	@Test
	void keptThenWhatTheSameOneHasKeptLast() {
		Caller caller = Caller.anonymous("192.0.2.1");
		Object one = new Object();
		Object two = new Object();
		assertThat(caller.kept(one, String.class)).isNull();
		caller.keep(one, "a");
		caller.keep(two, 2);
		caller.keep(one, "b");
		assertThat(caller.kept(one, String.class)).isEqualTo("b");
		assertThat(caller.kept(two, Integer.class)).isEqualTo(2);
		assertThat(caller.kept("a", String.class)).isNull();
		for (int i = 0; i < 1000; i++) {
			caller.keep(new Object(), i);
		}
		Object late = new Object();
		caller.keep(late, "too many");
		assertThat(caller.kept(late, String.class)).isNull();
		caller.keep(two, 3);
		assertThat(caller.kept(two, Integer.class)).isEqualTo(3);
		assertThat(caller).isEqualTo(Caller.anonymous("192.0.2.1")).hasToString(caller.toString());
	}

}
