// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UriText}.
 */
class UriTextTests {

	private final NameRules rules = new NameRules(SchemaSecrets.of(null), List.of("patient"));

	@ParameterizedTest
	@CsvSource({ "docs://a/b, docs://a/b", "docs://u:p@h/a, docs://******@h/a",
			"a://h?x=1&token=t, a://h?x=1&token=******",
			"a://h?Patient=7;y=2#pin=3, a://h?Patient=******;y=2#pin=******",
			"a://h?x=4111111111111111, a://h?x=******", "a://h?%70in=1, a://h?%70in=******", "a://h?plain, a://h?plain",
			"a://h?pin=a=b&x, a://h?pin=******&x", "'a://h?%zz=1', 'a://h?%zz=1'" })
	void ofWhenRedactedThenSecretsAreMasked(String uri, String redacted) {
		assertThat(UriText.of(uri, this.rules, Mode.REDACTED)).isEqualTo(redacted);
	}

	@Test
	void ofWhenNamesThenNoValues() {
		assertThat(UriText.of("a://h/b?x=1&y#z=2", this.rules, Mode.NAMES))
			.isEqualTo("a://h/b?x=******&******#z=******");
	}

	@Test
	void ofWhenNoneThenNoQuery() {
		assertThat(UriText.of("a://h/b?x=1&y#z=2", this.rules, Mode.NONE)).isEqualTo("a://h/b?******");
	}

	@Test
	void ofWhenLongThenBounded() {
		assertThat(UriText.of("a://h/" + "x".repeat(100_000), this.rules, Mode.REDACTED).length())
			.isLessThan(2 * Shown.MAX_URI);
		assertThat(UriText.of("a://h/?" + "x=1&".repeat(100_000), this.rules, Mode.NAMES).length())
			.isLessThan(2 * Shown.MAX_URI);
	}

}
