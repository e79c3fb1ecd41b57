// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.security.ApiKeyRepository;

/**
 * Finds out whether API keys can be looked up.
 *
 * @param keys where they are
 */
record ApiKeyProbe(ApiKeyRepository keys) implements StoreProbe {

	@Override
	public String name() {
		return "api-keys";
	}

	@Override
	public void probe() {
		this.keys.findById("");
	}

}
