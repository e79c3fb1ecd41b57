// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * Under which a token for a service is kept. The caller alone would not do: whoever shows
 * a token with fewer rights must not get what another token of theirs was exchanged for.
 *
 * @param downstream the name of the service
 * @param caller the key of the caller
 * @param digest the digest of the caller's token
 */
record TokenExchangeKey(String downstream, String caller, TokenDigest digest) {

	static TokenExchangeKey of(String downstream, TokenExchangeSubject subject) {
		return new TokenExchangeKey(downstream, subject.caller(), TokenDigest.of(subject.token().getTokenValue()));
	}

}
