// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * Something keeps the server from starting, and there is something to do about it.
 *
 * @since 0.1.0
 */
public class StartupException extends RuntimeException {

	private final String action;

	/**
	 * Create the exception.
	 * @param description says what is the matter, and where
	 * @param action says what to do
	 */
	public StartupException(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Create the exception.
	 * @param description says what is the matter, and where
	 * @param action says what to do
	 * @param cause what went wrong underneath
	 */
	public StartupException(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	/**
	 * Return what to do.
	 * @return the action
	 */
	public String action() {
		return this.action;
	}

}
