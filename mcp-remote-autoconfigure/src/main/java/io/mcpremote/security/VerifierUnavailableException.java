// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * A token cannot be verified now, and the reason is in the log already if it is worth it.
 * There may be floods of these, so that they cost little.
 */
final class VerifierUnavailableException extends AuthenticationServiceException {

	private static final long serialVersionUID = 1L;

	VerifierUnavailableException(String message) {
		super(message);
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
