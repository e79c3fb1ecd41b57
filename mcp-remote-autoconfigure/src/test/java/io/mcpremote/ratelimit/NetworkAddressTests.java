// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkAddressTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2", "2001:db8:1:2:0:0:0:1, 2001:db8:1:2",
			"2001:db8::1, 2001:db8:", "0:0:0:0:0:0:0:1, 0:0:0:0", "::ffff:192.0.2.1, ::ffff:192.0.2.1",
			"unknown, unknown", "a:b, a:b" })
	void prefixThenWhatUsersCannotChoose(String address, String prefix) {
		assertThat(NetworkAddress.prefix(address)).isEqualTo(prefix);
	}

}
