// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkAddressTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1, 192.0", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2, 2001:db8",
			"2001:db8:1:2:0:0:0:1, 2001:db8:1:2, 2001:db8", "2001:db8::1, 2001:db8::, 2001:db8",
			"0:0:0:0:0:0:0:1, 0:0:0:0, 0:0", "::1, :, :", "::ffff:192.0.2.1, ::ffff:192.0.2.1, ::ffff:192.0",
			"unknown, unknown, unknown", "a:b, a:b, a:b" })
	void addressThenPartsThatUsersCannotChoose(String address, String subscriber, String provider) {
		assertThat(NetworkAddress.subscriber(address)).isEqualTo(subscriber);
		assertThat(NetworkAddress.provider(address)).isEqualTo(provider);
	}

}
