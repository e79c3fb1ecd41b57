// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Thrown by a tool whose message is meant for the client, and for the model behind it.
 * The messages of all other exceptions stay on the server, unless they are
 * {@link ToldToClient}; so do those of prompts and resources, since Spring AI does not
 * let their exceptions through.
 *
 * @since 0.1.0
 */
public class ToolException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what the client is told
	 */
	public ToolException(String message) {
		super(message);
	}

	/**
	 * Create the exception.
	 * @param message what the client is told
	 * @param cause stays on the server
	 */
	public ToolException(String message, Throwable cause) {
		super(message, cause);
	}

}
