// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;

import io.mcpremote.call.Caller;
import io.mcpremote.call.TestCalls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each user has room for some questions, and nothing is kept of those who wait for none.
 */
class OpenQuestionsTests {

	@Test
	void openWhenFullThenRefusedUntilClosed() {
		OpenQuestions open = new OpenQuestions(Duration.ofMinutes(5), 2, 1);
		Caller otherClient = new Caller("alice", "https://issuer.example", "client-2", "192.0.2.9");
		assertThat(open.open(TestCalls.ALICE)).isTrue();
		assertThat(open.open(otherClient)).isFalse();
		assertThat(open.open(TestCalls.BOB)).isTrue();
		assertThat(open.size()).isEqualTo(2);
		open.close(TestCalls.ALICE);
		open.close(TestCalls.BOB);
		assertThat(open.size()).isZero();
		assertThat(open.open(otherClient)).isTrue();
	}

	@Test
	void openWhenAllAreTakenThenNobodyElse() {
		OpenQuestions open = new OpenQuestions(Duration.ofMinutes(5), 1, 1);
		assertThat(open.open(TestCalls.ALICE)).isTrue();
		assertThat(open.open(TestCalls.BOB)).isFalse();
		open.close(TestCalls.ALICE);
		assertThat(open.open(TestCalls.BOB)).isTrue();
	}

	@Test
	void openWhenAnonymousThenOneNetworkTogether() {
		OpenQuestions open = new OpenQuestions(Duration.ofMinutes(5), 2, 1);
		assertThat(open.open(Caller.anonymous("2001:db8::1"))).isTrue();
		assertThat(open.open(Caller.anonymous("2001:db8::2"))).isFalse();
		assertThat(open.open(Caller.anonymous("2001:db9::1"))).isTrue();
	}

}
