// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.jspecify.annotations.Nullable;

/**
 * A request to another service was not sent, because there is no token for it. The
 * message is for operators and contains no token; clients are told of an ordinary
 * failure.
 *
 * @since 0.1.0
 */
public class TokenExchangeException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message says which service and why
	 */
	public TokenExchangeException(String message) {
		super(message);
	}

	/**
	 * Create the exception.
	 * @param message says which service and why
	 * @param cause must not contain a token either
	 */
	public TokenExchangeException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
