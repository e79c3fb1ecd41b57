// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * Checks that whoever shows a token has the key that it is bound to.
 */
interface ProofOfPossession {

	/**
	 * Check the proof that came with a request.
	 * @param credential the credential
	 * @param token what it stands for
	 * @throws BadTokenException if there is no proof or it is not valid
	 */
	void check(Credential credential, VerifiedToken token);

}
