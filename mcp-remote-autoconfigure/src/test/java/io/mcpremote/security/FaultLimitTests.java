// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An address is what its user cannot choose.
 */
class FaultLimitTests {

	private final FaultLimit faults = new FaultLimit(3, new ProxyHint(true), new MutableClock());

	@Test
	void countWhenNetworkOfVersion6ThenAllOfIt() {
		for (int i = 1; i <= 3; i++) {
			assertThat(this.faults.isReached(from("2001:db8:0:1:0:0:0:" + i))).isFalse();
			this.faults.count(from("2001:db8:0:1:0:0:0:" + i));
		}
		assertThat(this.faults.isReached(from("2001:db8:0:1:dead:beef:0:1"))).isTrue();
		assertThat(this.faults.isReached(from("2001:db8:0:2:0:0:0:1"))).isFalse();
	}

	private static MockHttpServletRequest from(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		return request;
	}

}
