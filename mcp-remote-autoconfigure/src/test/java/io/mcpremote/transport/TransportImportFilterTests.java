// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Spring AI's web transports are not configured beside ours, and nothing else is lost.
 */
class TransportImportFilterTests {

	private static final String WEBMVC = "org.springframework.ai.mcp.server.webmvc.autoconfigure.";

	private static final String WEBFLUX = "org.springframework.ai.mcp.server.webflux.autoconfigure.";

	private static final String[] CANDIDATES = { WEBMVC + "McpServerSseWebMvcAutoConfiguration", null,
			WEBMVC + "McpServerStreamableHttpWebMvcAutoConfiguration",
			"org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration",
			WEBMVC + "McpServerStatelessWebMvcAutoConfiguration", McpRemoteTransportAutoConfiguration.class.getName(),
			WEBFLUX + "McpServerStreamableHttpWebFluxAutoConfiguration" };

	private final TransportImportFilter filter = new TransportImportFilter();

	@Test
	void matchWhenWantedThenWithoutWebTransports() {
		this.filter.setEnvironment(new MockEnvironment());
		assertThat(match(CANDIDATES)).containsExactly(false, true, false, true, false, true, false);
	}

	@Test
	void matchWhenNoEnvironmentThenWithoutWebTransports() {
		assertThat(match(CANDIDATES)).containsExactly(false, true, false, true, false, true, false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void matchWhenSwitchedOffThenAll(String property) {
		String[] parts = property.split("=");
		this.filter.setEnvironment(new MockEnvironment().withProperty(parts[0], parts[1]));
		assertThat(match(CANDIDATES)).containsOnly(true);
	}

	@Test
	void matchWhenNothingThenNothing() {
		assertThat(match(new String[0])).isEmpty();
	}

	private boolean[] match(String[] candidates) {
		return this.filter.match(candidates, mock(AutoConfigurationMetadata.class));
	}

}
