// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * Verifies tokens of one kind.
 */
interface TokenVerifier {

	/**
	 * Return whether a token is of this kind, which its form alone decides.
	 */
	boolean supports(String token);

	/**
	 * Verify a token.
	 * @param token the token
	 * @return what it stands for
	 * @throws BadTokenException if it is not accepted
	 * @throws org.springframework.security.authentication.AuthenticationServiceException
	 * if that cannot be found out now
	 */
	VerifiedToken verify(String token);

}
