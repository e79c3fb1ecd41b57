// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/**
 * Too many bad tokens came from one address.
 */
final class TooManyFaultsException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	TooManyFaultsException(Duration retryAfter) {
		super("Too many tokens that were not accepted");
		this.retryAfter = retryAfter;
	}

	Duration retryAfter() {
		return this.retryAfter;
	}

}
