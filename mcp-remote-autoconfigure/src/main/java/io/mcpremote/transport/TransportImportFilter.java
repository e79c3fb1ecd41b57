// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps Spring AI's own web transports from being configured, so that no two transports
 * fight over one server.
 */
final class TransportImportFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	private static final String SERVLET_TRANSPORTS = "org.springframework.ai.mcp.server.webmvc.autoconfigure.";

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean wanted = this.environment == null || RemoteServer.isWanted(this.environment);
		boolean[] kept = new boolean[candidates.length];
		for (int i = 0; i < candidates.length; i++) {
			String candidate = candidates[i];
			kept[i] = candidate == null || !wanted || !candidate.startsWith(SERVLET_TRANSPORTS);
		}
		return kept;
	}

}
