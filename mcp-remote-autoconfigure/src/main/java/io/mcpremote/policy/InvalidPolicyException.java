// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

/**
 * A policy cannot be enforced as it is written.
 *
 * @since 0.1.0
 */
public class InvalidPolicyException extends RuntimeException {

	private final String action;

	/**
	 * Create the exception.
	 * @param description says which policy, where it is, and what is the matter
	 * @param action says what to do
	 */
	public InvalidPolicyException(String description, String action) {
		super(description);
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
