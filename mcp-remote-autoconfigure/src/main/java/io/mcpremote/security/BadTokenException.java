// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.springframework.security.core.AuthenticationException;

/**
 * A credential is not accepted.
 */
final class BadTokenException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final TokenFault fault;

	BadTokenException(TokenFault fault) {
		super(fault.description());
		this.fault = fault;
	}

	BadTokenException(TokenFault fault, Throwable cause) {
		super(fault.description(), cause);
		this.fault = fault;
	}

	/**
	 * Where a token was refused says its fault; floods of them should cost little.
	 */
	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

	TokenFault fault() {
		return this.fault;
	}

}
