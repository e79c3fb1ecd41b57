// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import io.mcpremote.operate.console.ConsoleAccess.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Without a login only whoever sits at the machine sees anything.
 */
class LoopbackAccessTests {

	private final LoopbackAccess access = LoopbackAccess.create();

	@ParameterizedTest
	@CsvSource({ "127.0.0.1,localhost,SHOWN", "127.0.0.1,127.0.0.1,SHOWN", "0:0:0:0:0:0:0:1,[::1],SHOWN",
			"192.0.2.1,localhost,REFUSED", "127.0.0.1,rebound.example,REFUSED", "2001:db8::1,[::1],REFUSED",
			"localhost,localhost,REFUSED", "127.0.0.1.rebound.example,localhost,REFUSED", "127.1,localhost,REFUSED" })
	void decideThenByAddressAndHost(String address, String host, Decision decision) {
		assertThat(this.access.decide(request(address, host))).isEqualTo(decision);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via", "Forwarded" })
	void decideWhenProxyPassesOnThenRefused(String header) {
		MockHttpServletRequest request = request("127.0.0.1", "localhost");
		request.addHeader(header, "192.0.2.1");
		assertThat(this.access.decide(request)).isEqualTo(Decision.REFUSED);
	}

	@Test
	void decideWhenTokenIsMissingOrAnotherThenRefused() {
		MockHttpServletRequest request = request("127.0.0.1", "localhost");
		for (String query : new String[] { null, "", "token=", "token=0", LoopbackAccess.create().query() }) {
			request.setQueryString(query);
			assertThat(this.access.decide(request)).isEqualTo(Decision.REFUSED);
		}
		assertThat(this.access.query()).matches("token=[0-9a-f]{32}");
	}

	@Test
	void askForLoginThenThereIsNone() {
		this.access.askForLogin();
		assertThat(this.access.standing(request("127.0.0.1", "localhost")).getAsBoolean()).isTrue();
	}

	private MockHttpServletRequest request(String address, String host) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		request.setServerName(host);
		request.setQueryString(this.access.query());
		return request;
	}

}
