// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * An event could not be put on record.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class AuditException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param message what could not be done
	 * @param cause why
	 */
	public AuditException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
