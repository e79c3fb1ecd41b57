// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TargetUriTests {

	@ParameterizedTest
	@CsvSource({ "https://Example.COM/mcp, https://example.com/mcp",
			"HTTPS://example.com:443/mcp, https://example.com/mcp",
			"http://example.com:80/mcp?a=b#c, http://example.com/mcp",
			"http://example.com:443/, http://example.com:443", "https://example.com, https://example.com",
			"https://example.com/, https://example.com", "https://example.com/a/./b/../mcp, https://example.com/a/mcp",
			"https://[::1]:8443/MCP, https://[::1]:8443/MCP" })
	void normalizeThenOneFormForOnePlace(String uri, String expected) {
		assertThat(TargetUri.normalize(uri)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/mcp", "mailto:a@example.com", "ftp://example.com/mcp", "https://a@example.com/mcp",
			"https:///mcp", "https://exa mple.com", "http://[", "https:mcp" })
	void normalizeWhenNotOfAWebServerThenEmpty(String uri) {
		assertThat(TargetUri.normalize(uri)).isEmpty();
	}

	@Test
	void normalizeWhenAnotherPlaceThenAnotherForm() {
		assertThat(TargetUri.normalize("https://example.com/MCP"))
			.isNotEqualTo(TargetUri.normalize("https://example.com/mcp"));
	}

}
