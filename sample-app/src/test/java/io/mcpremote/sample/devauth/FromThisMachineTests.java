// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FromThisMachine}.
 */
class FromThisMachineTests {

	private final FromThisMachine matcher = new FromThisMachine();

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/oauth2/token");

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "127.0.0.1:4711", "[::1]", "[::1]:8081" })
	void matchesWhenHostIsLoopbackThenTrue(String host) {
		this.request.addHeader("Host", host);
		assertThat(this.matcher.matches(this.request)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "demo.ngrok.app", "localhost.example.com", "192.168.0.7:8080", "127.0.0.1.nip.io" })
	void matchesWhenHostIsAnotherThenFalse(String host) {
		this.request.addHeader("Host", host);
		assertThat(this.matcher.matches(this.request)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Forwarded         | for=127.0.0.1
			X-Forwarded-For   | 198.51.100.7
			x-forwarded-for   | 127.0.0.1, 198.51.100.7
			X-Forwarded-For   | 198.51.100.7, 127.0.0.1
			X-Forwarded-For   | 127.0.0.1,
			X-Real-IP         | 2001:db8::1
			X-Forwarded-Host  | demo.ngrok.app
			X-Forwarded-Host  | localhost.example.com:8080
			""")
	void matchesWhenPassedOnForOthersThenFalse(String header, String value) {
		this.request.addHeader(header, value);
		assertThat(this.matcher.matches(this.request)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			X-Forwarded-For   | 127.0.0.1
			X-Forwarded-For   | ::1, 127.0.0.1:40122
			X-Forwarded-For   | 0:0:0:0:0:0:0:1
			X-Real-IP         | 127.0.0.1
			X-Forwarded-Host  | localhost:8080
			X-Forwarded-Host  | [::1]:8080
			X-Forwarded-Proto | http
			""")
	void matchesWhenPassedOnByBalancerOnThisMachineThenTrue(String header, String value) {
		this.request.addHeader(header, value);
		assertThat(this.matcher.matches(this.request)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "0:0:0:0:0:0:0:1" })
	void matchesWhenAddressIsLoopbackThenTrue(String address) {
		this.request.setRemoteAddr(address);
		assertThat(this.matcher.matches(this.request)).isTrue();
	}

	@Test
	void matchesWhenAddressIsAnotherThenFalse() {
		this.request.setRemoteAddr("192.168.0.7");
		assertThat(this.matcher.matches(this.request)).isFalse();
	}

}
