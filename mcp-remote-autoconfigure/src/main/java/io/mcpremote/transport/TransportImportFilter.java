// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;

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

	/**
	 * Those for the other stack as well, which ask for no web server of theirs.
	 */
	private static final List<String> TRANSPORTS = List.of("org.springframework.ai.mcp.server.webmvc.autoconfigure.",
			"org.springframework.ai.mcp.server.webflux.autoconfigure.");

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
			kept[i] = candidate == null || !wanted || !isTransport(candidate);
		}
		return kept;
	}

	private static boolean isTransport(String candidate) {
		for (String transports : TRANSPORTS) {
			if (candidate.startsWith(transports)) {
				return true;
			}
		}
		return false;
	}

}
