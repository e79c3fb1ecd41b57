// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is not on the public Internet is not reached.
 */
@ExtendWith(OutputCaptureExtension.class)
class PublicAddressesTests {

	@ParameterizedTest
	@ValueSource(strings = { "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
			"126.255.255.255", "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255",
			"192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
			"2001:4860:4860::8888", "2003::1" })
	void isPublicWhenAnybodysThenYes(String address) throws UnknownHostException {
		assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
			"100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1",
			"172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255",
			"198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
			"255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
			"64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:2::1",
			"2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1",
			"fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "4000::1" })
	void isPublicWhenSomethingElseThenNo(String address) throws UnknownHostException {
		assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
	}

	@Test
	void isPublicWhenMappedThenNo() throws UnknownHostException {
		byte[] mapped = new byte[16];
		mapped[10] = -1;
		mapped[11] = -1;
		mapped[12] = 8;
		mapped[13] = 8;
		mapped[14] = 8;
		mapped[15] = 8;
		// Java makes IPv4 of such an address, unless it is forced
		assertThat(PublicAddresses.isPublic(Inet6Address.getByAddress("", mapped, -1))).isFalse();
	}

	@Test
	void isOwnWhenOnAnInterfaceOrUnknownThenYes() throws Exception {
		InetAddress address = InetAddress.getByName("8.8.8.8");
		NetworkInterface some = NetworkInterface.getNetworkInterfaces().nextElement();
		assertThat(PublicAddresses.isOwn(address, (asked) -> null)).isFalse();
		assertThat(PublicAddresses.isOwn(address, (asked) -> (asked == address) ? some : null)).isTrue();
		assertThat(PublicAddresses.isOwn(address, (asked) -> {
			throw new SocketException("no interfaces");
		})).isTrue();
	}

	@Test
	void ofWhenOneAddressIsNotPublicThenNoneIsGiven(CapturedOutput output) {
		PublicAddresses addresses = new PublicAddresses(
				(host) -> new InetAddress[] { InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1") });
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> addresses.of("both.example"))
			.withMessage("'both.example' cannot be reached from here");
		assertThat(output).contains("Refused to reach 'both.example'");
	}

	@Test
	void ofWhenUnknownOrNoneThenTheSameWords() {
		for (AddressLookup lookup : new AddressLookup[] { (host) -> new InetAddress[0], (host) -> {
			throw new UnknownHostException("internal detail");
		} }) {
			assertThatExceptionOfType(UnknownHostException.class)
				.isThrownBy(() -> new PublicAddresses(lookup).of("none.example"))
				.withMessage("'none.example' cannot be reached from here");
		}
	}

}
