// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What a client shows to be let in.
 *
 * @param scheme the scheme of the {@code Authorization} header
 * @param token the token
 * @param request the request it came with
 */
record Credential(Scheme scheme, String token, HttpServletRequest request) {

	@Override
	public String toString() {
		return this.scheme + " ******";
	}

	/**
	 * The schemes that are understood.
	 */
	enum Scheme {

		BEARER, DPOP

	}

}
