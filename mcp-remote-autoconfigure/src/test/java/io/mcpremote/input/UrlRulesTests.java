// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Only hosts that are allowed and public, however they are written.
 */
class UrlRulesTests {

	private final List<String> asked = new ArrayList<>();

	private final UrlRules anywhere = rules("*");

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com", "https://example.com:443/a?b=c#d", "HTTPS://EXAMPLE.COM/",
			"https://sub.example.com/%2e%2e/x", "https://xn--bcher-kva.example/", "https://8.8.8.8/",
			"https://[2606:4700::1111]/", "https://1.example/", "https://0x7f.com/" })
	void faultWhenPublicThenNone(String url) {
		assertThat(this.anywhere.faultOf(url)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "example.com", "//example.com/", "https:", "https:example.com", "https:///etc/passwd",
			"https://", "https://?x", "http://example.com", "ftp://example.com", "file:///etc/passwd",
			"gopher://example.com", "javascript:alert(1)", "jar:https://example.com!/", "https://user@example.com/",
			"https://user:secret@example.com/", "https://@example.com/", "https://example.com@10.0.0.1/",
			"https://example.com\\@10.0.0.1/", "https://example.com /", " https://example.com",
			"https://exa\tmple.com/", "https://example.com\n.evil/", "https://example.com:0/",
			"https://example.com:8443/", "https://example.com:80/", "https://example.com:99999/",
			"https://example.com:-1/", "https://example.com:80:80/", "https://example.com./", "https://.example.com/",
			"https://ex..ample.com/", "https://\uFF45xample.com/", "https://example\u3002com/",
			"https://b\u00FCcher.de/", "https://127.0.0.1/", "https://127.1/", "https://127.0.1/",
			"https://2130706433/", "https://017700000001/", "https://0x7f000001/", "https://0x7f.0.0.1/",
			"https://0x7f.1/", "https://0177.0.0.1/", "https://0127.0.0.1/", "https://127.0.0.01/", "https://00.0.0.0/",
			"https://0/", "https://8.8.8.8./", "https://8.8.8/", "https://8.8.8.256/", "https://example.0x1/",
			"https://a.1/", "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/",
			"https://[::ffff:8.8.8.8]/", "https://[::ffff:808:808]/", "https://[64:ff9b::808:808]/",
			"https://[fe80::1%25eth0]/", "https://[fe80::1%eth0]/", "https://[fd00::1]/", "https://[2001:db8::1]/",
			"https://[8.8.8.8]/", "https://[/", "https://169.254.169.254/latest/meta-data/", "https://private.test/",
			"https://mixed.test/", "https://unknown.test/", "https://localhost/" })
	void faultWhenAnythingElseThenSaysWhy(String url) {
		assertThat(this.anywhere.faultOf(url)).startsWith("it must").doesNotContain("secret", "127", "private");
	}

	@Test
	void faultWhenTooLongThenSaysSo() {
		assertThat(this.anywhere.faultOf("https://example.com/" + "a".repeat(2100))).contains("2048");
	}

	@Test
	void faultWhenHostIsNotReachedThenAlwaysTheSameWords() {
		UrlRules rules = rules("*.test");
		assertThat(Stream.of("https://private.test/", "https://unknown.test/", "https://example.com/")
			.map(rules::faultOf)
			.distinct()).containsExactly(UrlRules.HOST);
	}

	@ParameterizedTest
	@CsvSource({ "api.example.com, api.example.com, true", "api.example.com, API.Example.COM, true",
			"api.example.com, example.com, false", "api.example.com, xapi.example.com, false",
			"api.example.com, api.example.com.evil.org, false", "*.example.com, api.example.com, true",
			"*.example.com, a.b.example.com, true", "*.example.com, example.com, false",
			"*.example.com, evilexample.com, false", "*.Example.com, api.example.com, true",
			"*.example.com, example.com.evil.org, false", "8.8.8.8, 8.8.8.8, true", "8.8.8.8, 8.8.4.4, false" })
	void faultWhenHostsAreListedThenOnlyThose(String pattern, String host, boolean allowed) {
		assertThat(rules(pattern).faultOf("https://" + host + "/") == null).isEqualTo(allowed);
	}

	@ParameterizedTest
	@CsvSource({ "api.example.com, https://api.example.com:8443/, false",
			"api.example.com:8443, https://api.example.com:8443/, true",
			"api.example.com:8443, https://api.example.com/, false",
			"api.example.com:443, https://api.example.com/, true",
			"*.example.com:8443, https://api.example.com:8443/, true", "*:8443, https://api.example.com:8443/, true",
			"*:8443, https://api.example.com:8444/, false", "*:*, https://api.example.com:8444/, true",
			"*, https://api.example.com:22/, false", "*, https://[2606:4700::1111]:22/, false" })
	void faultWhenPortIsNotTheUsualOneThenOnlyIfListed(String pattern, String url, boolean allowed) {
		assertThat(rules(pattern).faultOf(url) == null).isEqualTo(allowed);
	}

	@ParameterizedTest
	@ValueSource(ints = { 254, 10_000, 200_000 })
	void faultWhenHostIsLongerThanAnyThenRefusedWithoutLookingFurther(int length) {
		String host = "a.".repeat(length / 2) + "b".repeat(length % 2 + 1);
		assertThat(this.anywhere.faultOf(URI.create("https://" + host + "/"))).isEqualTo(UrlRules.HOST);
		assertThat(HostPattern.isValid(host)).isFalse();
	}

	@Test
	void faultWhenHostIsNotAllowedThenNobodyIsAsked() {
		rules("api.example.com").faultOf("https://tunnel.evil.org/");
		assertThat(this.asked).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "**", "*.*.com", "api.*", "https://example.com", "example.com/", "exa mple", "a:0",
			"a:99999", "a:080", "a:", "a:b", ".example.com", "*example.com", "-a", "[::1]" })
	void patternWhenUnreadableThenRefused(String pattern) {
		assertThat(HostPattern.isValid(pattern)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> HostPattern.of(pattern)).withMessageContaining(pattern);
	}

	private UrlRules rules(String... patterns) {
		return new UrlRules(Set.of("https"), Stream.of(patterns).map(HostPattern::of).toList(),
				new PublicAddresses(this::find));
	}

	private InetAddress[] find(String host) throws UnknownHostException {
		this.asked.add(host);
		return switch (host) {
			case "unknown.test" -> throw new UnknownHostException(host);
			case "private.test", "localhost" -> InetAddress.getAllByName("10.0.0.1");
			case "mixed.test" ->
				new InetAddress[] { InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1") };
			default ->
				(host.matches("[0-9.]+|.*:.*")) ? InetAddress.getAllByName(host) : InetAddress.getAllByName("8.8.8.8");
		};
	}

}
