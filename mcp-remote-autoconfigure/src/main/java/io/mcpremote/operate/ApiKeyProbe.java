// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;

import io.mcpremote.security.JdbcApiKeyStore;

/**
 * Finds out whether API keys can be looked up.
 *
 * @param keys where they are
 */
record ApiKeyProbe(JdbcApiKeyStore keys) implements StoreProbe {

	/**
	 * Less than it takes for a store to be taken for lost.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(4);

	@Override
	public String name() {
		return "api-keys";
	}

	@Override
	public void probe() {
		this.keys.tryOut(TIMEOUT);
	}

}
