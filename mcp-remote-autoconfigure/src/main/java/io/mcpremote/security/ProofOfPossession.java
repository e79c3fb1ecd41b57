// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * Checks that whoever shows a token has the key that it is bound to.
 */
interface ProofOfPossession {

	/**
	 * Return whether tokens that are bound to no key are refused.
	 */
	default boolean isRequired() {
		return false;
	}

	/**
	 * Check the proof that came with a request.
	 * @param credential the credential
	 * @param thumbprint the thumbprint of the key that the token is bound to
	 * @throws BadTokenException if there is no proof or it is not valid
	 * @throws org.springframework.security.authentication.AuthenticationServiceException
	 * if that cannot be found out now
	 */
	void check(Credential credential, String thumbprint);

}
