// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Patterns fit what they should, however hard a URI tries.
 */
class UriPatternTests {

	@ParameterizedTest
	@CsvSource({ "docs://a, docs://a, true", "docs://a, docs://ab, false", "docs://*, docs://ab, true",
			"docs://*, docs://, false", "docs://*, docs://a/b, false", "docs://**, docs://a/b, true",
			"docs://**, docs://, true", "docs://*/b, docs://a/b, true", "docs://*.md, docs://a.b.md, true",
			"docs://*.md, docs://a.mdx, false", "**/b, docs://a/b, true", "docs://a*, docs://a, false",
			"docs://{id}, docs://1, false", "docs://{id}, docs://{id}, true" })
	void matchesThenAsterisksStandForOtherCharacters(String pattern, String uri, boolean matches) {
		assertThat(UriPattern.of(pattern).matches(uri)).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource({ "docs://{id}, docs://1, true", "docs://{id}, docs://1/2, false", "docs://{id}, docs://, false",
			"docs://{a}/{b}.md, docs://1/2.md, true", "docs://*, docs://1, false", "docs://{}, docs://1, false",
			"docs://{a/b}, docs://1, false", "docs://{, docs://{, true" })
	void matchesWhenTemplateThenVariablesStandForSegments(String template, String uri, boolean matches) {
		assertThat(UriPattern.ofTemplate(template).matches(uri)).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource({ "docs://secret/*, docs://{a}/{b}, true", "docs://secret/1, docs://{a}/{b}, true",
			"docs://secret/1/2, docs://{a}/{b}, false", "docs://**, docs://{a}/{b}, true",
			"files://**, docs://{a}, false", "**, docs://{a}, true", "docs://a*z, docs://{a}y, false",
			"docs://a*z, docs://a{x}z, true" })
	void overlapsWhenAnyUriFitsBothThenTrue(String pattern, String template, boolean overlaps) {
		assertThat(UriPattern.of(pattern).overlaps(UriPattern.ofTemplate(template))).isEqualTo(overlaps);
		assertThat(UriPattern.ofTemplate(template).overlaps(UriPattern.of(pattern))).isEqualTo(overlaps);
	}

	@Test
	void matchesWhenUriInvitesBacktrackingThenStillAnswers() {
		String uri = "docs://" + "a".repeat(500_000);
		assertThat(UriPattern.of("docs://*a*a*a*a*a*b").matches(uri)).isFalse();
	}

}
