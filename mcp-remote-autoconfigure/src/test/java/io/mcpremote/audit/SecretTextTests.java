// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretText}.
 */
class SecretTextTests {

	private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLW9mLWFubg";

	@ParameterizedTest
	@ValueSource(strings = { "mcpk_0123456789ab_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq", JWT,
			"sk-abcdefghijklmnop0123", "sk-proj-abcdefghijklmnop0123", "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
			"github_pat_11ABCDEFG0abcdefghijkl", "glpat-abcdefghijklmnopqrst", "xoxb-123456789012-abcdefghijkl",
			"AKIAIOSFODNN7EXAMPLE", "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234", "sk_live_abcdefghijklmnop",
			"npm_abcdefghijklmnopqrstuvwxyz0123456789", "hvs.abcdefghijklmnopqrst", "4111111111111111",
			"5500 0055 5555 5559", "4111_1111_1111_1111", "4111/1111/1111/1111", "4111  1111  1111  1111",
			"4111\u20091111\u20091111\u20091111", "4111\u202f1111\u202f1111\u202f1111", "3782-822463-10005",
			"4222222222222", "6011.0009.9013.9424" })
	void ofWhenSecretThenMaskedWhereverItStands(String secret) {
		for (String text : List.of("%s", "see %s for that", "(%s)", "\"%s\"", "x=%s", "%%22%s%%22", "a,%s,b", "\n%s\n",
				"k\u00f6nnte %s sein")) {
			assertThat(SecretText.of(text.formatted(secret), 1000)).as(text)
				.contains(SecretText.MASK)
				.doesNotContain(secret)
				.doesNotContain(secret.substring(secret.length() - 4));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Bearer abcDEF123456|Bearer ******",
			"authorization: bearer abcdefgh|authorization: ******", "Basic dXNlcjpwYXNz|Basic ******",
			"Authorization: Token abc def|Authorization: ******", "password=hunter2|password=******",
			"jdbc:h2:mem:a;user=sa;password=hunter2|jdbc:h2:mem:a;user=sa;password=******",
			"https://ann:hunter2@example.com/a|https://******@example.com/a",
			"postgres://ann:hun/ter2@db:5432/x|postgres://******@db:5432/x",
			"ftp://ann@example.com|ftp://******@example.com", "{\"password\":\"hunter2\"}|{\"password\":\"******\"}",
			"{\\\"apiKey\\\": \\\"hunter2\\\"}|{\\\"apiKey\\\": \\\"******\\\"}",
			"user=ann&api_key=hunter2&x=1|user=ann&api_key=******&x=1", "password%3Dhunter2|password%3D******",
			"login --password hunter2 now|login --password ****** now", "--token=hunter2|--token=******",
			"Cookie: a=b; c=d|Cookie: ******", "pin: 1234|pin: ******",
			"{\"password\":[\"hunter2\"]}|{\"password\":******}",
			"{\"secret\":{\"value\":\"}x\",\"b\":[1]},\"city\":1}|{\"secret\":******,\"city\":1}",
			"{\"secret\":{\"value\":\"x|{\"secret\":******",
			"login --password \"four words of it\" now|login --password \"******\" now",
			"passphrase: four words of it|passphrase: ******", "passphrase=four words|passphrase=******",
			"password: it's me, really|password: ******", "password => 'x y'|password => '******'",
			"-H 'Cookie: a=b; c' x|-H 'Cookie: ******' x", "{%22password%22%3A%22hunter2%22} a|****** a",
			"https%3A%2F%2Fann%3Apw%40h/x a|https%3A%2F%2Fann%3A****** a", "max_pin_token=1234|max_pin_token=******",
			"?sig=hunter2|?sig=******" })
	void ofWhenValueIsNextToItsNameThenMasked(String text, String redacted) {
		assertThat(SecretText.of(text, 1000)).isEqualTo(redacted);
	}

	@Test
	void ofWhenValueIsOnTheNextLineThenMasked() {
		assertThat(SecretText.of("password:\n hunter2\ncity: Bonn", 1000)).isEqualTo("password:\n ******\ncity: Bonn");
		assertThat(SecretText.of("password: |\n  hunter2", 1000)).isEqualTo("password: |\n  ******");
	}

	@Test
	void ofWhenPrivateKeyThenMaskedToItsEnd() {
		String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----";
		assertThat(SecretText.of("a " + key + " b", 1000)).isEqualTo("a ****** b");
		assertThat(SecretText.of("a " + key.substring(0, 45), 1000)).isEqualTo("a ******");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bonn", "a = b: c", "12:30", "https://example.com:8443/a?b=c", "1754042400000",
			"4111111111111112", "order 2026-08-01 12:00", "mailto:ann@example.com", "bearer of news", "Basic training",
			"sk-short", "eyJust a word", "maxTokens=100", "3.14159265358979", "a-b--c ---", "%zz %", "://", "=:=:",
			"550e8400-e29b-41d4-a716-446655440000" })
	void ofWhenNothingIsSecretThenTheTextItself(String text) {
		assertThat(SecretText.of(text, 1000)).isSameAs(text);
	}

	@Test
	void ofWhenTooLongThenCutAndSaysSo() {
		assertThat(SecretText.of("a".repeat(50), 10)).isEqualTo("a".repeat(10) + "\u2026 [50 characters]");
		assertThat(SecretText.of("\ud83d\ude00".repeat(10), 3)).isEqualTo("\ud83d\ude00\u2026 [20 characters]");
	}

	@Test
	void ofWhenSecretReachesOverTheCutThenNothingOfItIsLeft() {
		String text = "x".repeat(90) + " 4111 1111 1111 1111 and " + "y".repeat(5000);
		for (int max = 85; max < 120; max++) {
			assertThat(SecretText.of(text, max)).doesNotContain("4111").doesNotContain("1111");
		}
		assertThat(SecretText.of("x".repeat(90) + " " + JWT, 100)).doesNotContain("eyJ");
	}

	@Test
	void ofWhenNumberFollowsLettersThenMasked() {
		assertThat(SecretText.of("ID4111111111111111exp", 1000)).isEqualTo("ID******exp");
	}

	@Test
	void ofWhenSeveralThenEach() {
		assertThat(SecretText.of("4111111111111111," + JWT + " password=a b", 1000))
			.isEqualTo("******,****** password=****** b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "4", "41 ", "-", "--", "://", "a://", "=", "a=", "password=\"", "eyJ", "eyJ.", "sk-",
			"mcpk_", "%", "%3D", "@", ":", "\"", "\\", "Basic ", "-----BEGIN", "-----BEGIN PRIVATE KEY", "a.", "a@://",
			"eyJ1", "basic-", "a1" })
	@Timeout(60)
	void ofWhenRepetitiveThenTimeIsBounded(String unit) {
		String text = unit.repeat(500_000 / unit.length());
		// Would take hours if the time grew with the square of the length
		assertThat(SecretText.of(text, text.length())).hasSizeLessThanOrEqualTo(7 * text.length());
	}

	@Test
	void ofWhenHalfCharactersThenGoesOn() {
		assertThat(SecretText.of("\ud800 password=a \udc00", 100)).isEqualTo("\ud800 password=****** \udc00");
	}

}
