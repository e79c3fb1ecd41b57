// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import io.mcpremote.command.CommandEnvironmentPostProcessor;

/**
 * Prepares an application that is to mint a key.
 */
final class ApiKeyMintEnvironmentPostProcessor extends CommandEnvironmentPostProcessor {

	static final String MINT = "mcp.remote.security.api-key.mint";

	ApiKeyMintEnvironmentPostProcessor() {
		super(MINT, "It must name the owner of the new key.", "mcp.remote.security.enabled",
				"No API keys are used here");
	}

}
