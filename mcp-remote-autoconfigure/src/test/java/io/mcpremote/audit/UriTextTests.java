// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import io.mcpremote.call.TestCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UriText}.
 */
class UriTextTests {

	private final NameRules rules = new NameRules(SchemaSecrets.of(null), List.of("patient", "person.name"));

	private List<Redactor> redactors = List.of();

	@ParameterizedTest
	@CsvSource({ "docs://a/b, docs://a/b", "docs://u:p@h/a, docs://******@h/a",
			"a://h?x=1&token=t, a://h?x=1&token=******",
			"a://h?Patient=7;y=2#pin=3, a://h?Patient=******;y=2#pin=******",
			"a://h?x=4111111111111111, a://h?x=******", "a://h?%70in=1, a://h?%70in=******", "a://h?plain, a://h?plain",
			"a://h?pin=a=b&x, a://h?pin=******&x", "'a://h?%zz=1', 'a://h?%zz=1'",
			"'a://h?%zz-%70in=1', 'a://h?%zz-%70in=******'", "a://h?person.name=Ann, a://h?person.name=******",
			"a://h?q=%7B%22password%22%3A%22hunter2%22%7D, a://h?q=******",
			"a://h?u=https%3A%2F%2Fann%3Apw%40h, a://h?u=******",
			"a://h?u=https%253A%252F%252Fann%253Apw%2540h, a://h?u=******",
			"a://h?h=Bearer%20abcDEF123456, a://h?h=******", "a://h?h=Bearer+abcDEF123456, a://h?h=******",
			"a://h/4111%201111%201111%201111/b, a://h/******/b", "a://h?x=a%20b, a://h?x=a%20b" })
	void ofWhenRedactedThenSecretsAreMasked(String uri, String redacted) {
		assertThat(text(Mode.REDACTED).of(uri, null)).isEqualTo(redacted);
		assertThat(text(Mode.REDACTED).of(uri, uri)).isEqualTo(redacted);
	}

	@ParameterizedTest
	@CsvSource({ "p://{patient}/notes, p://Ann/notes, p://******/notes", "p://{id}/{patient}, p://7/Ann, p://7/******",
			"p://{id}-{patient}, p://7-Ann, p://7-******", "p://{id}-{patient}, p://7-Ann-Lee, p://{id}-{patient}",
			"p://{id}-{name}, p://7-Ann-Lee, p://7-Ann-Lee", "p://{patient}{id}, p://Ann7, p://{patient}{id}",
			"p://{id}, p://%34111111111111111, p://******", "p://{id}?token={token}, p://1?token=t, p://1?token=******",
			"p://x/{patient}.txt, p://x/a.txt.txt, p://x/******.txt" })
	void ofWhenTemplateThenVariablesAreArguments(String template, String uri, String redacted) {
		assertThat(text(Mode.REDACTED).of(uri, template)).isEqualTo(redacted);
	}

	@Test
	void ofWhenRedactorThenAskedAboutVariablesAndParameters() {
		this.redactors = List
			.of((call, path, value) -> (path.equals("id") && value.startsWith("P-")) ? "P-******" : value);
		assertThat(text(Mode.REDACTED).of("p://P-7/x?id=P-8", "p://{id}/x?id={other}"))
			.isEqualTo("p://P-******/x?id=P-******");
		assertThat(text(Mode.REDACTED).of("p://P-7-x", "p://{id}-{other}")).isEqualTo("p://{id}-{other}");
		this.redactors = List.of((call, path, value) -> {
			throw new AssertionError(value);
		});
		assertThat(text(Mode.REDACTED).of("p://hunter2/x", "p://{id}/x")).isEqualTo("p://******/x");
	}

	@Test
	void ofWhenNotRedactedThenNoValues() {
		for (Mode mode : List.of(Mode.NAMES, Mode.NONE)) {
			assertThat(text(mode).of("a://Ann/b?x=1", "a://{name}/b?x={x}")).isEqualTo("a://{name}/b?x={x}");
			assertThat(text(mode).of("a://h/b", "a://h/b")).isEqualTo("a://h/b");
			assertThat(text(mode).of("a://h/b?x=1&y#z=2", null)).isEqualTo("a:******");
			assertThat(text(mode).of("hunter2", null)).isEqualTo("******");
		}
	}

	@Test
	void ofWhenLongThenBounded() {
		assertThat(text(Mode.REDACTED).of("a://h/" + "x".repeat(100_000), null).length()).isLessThan(2 * Shown.MAX_URI);
		assertThat(text(Mode.REDACTED).of("a://h/?" + "x=1&".repeat(100_000), null).length())
			.isLessThan(2 * Shown.MAX_URI);
		assertThat(text(Mode.REDACTED).of("a://h/" + "x".repeat(100_000), "a://h/{patient}"))
			.isEqualTo("a://h/{patient}");
	}

	private UriText text(Mode mode) {
		return new UriText(this.rules, mode, new RedactorChain(TestCalls.tool(), this.redactors));
	}

}
