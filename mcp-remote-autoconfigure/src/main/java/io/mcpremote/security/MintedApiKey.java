// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * A new API key. The only object that knows the secret; when it is gone, so is the
 * secret.
 *
 * @param key what the server keeps
 * @param token what the client sends
 * @since 0.1.0
 */
public record MintedApiKey(ApiKey key, String token) {

	@Override
	public String toString() {
		return "MintedApiKey[key=" + this.key + ", token=******]";
	}

}
