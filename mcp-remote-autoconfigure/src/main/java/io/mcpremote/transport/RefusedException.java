// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import org.jspecify.annotations.Nullable;

/**
 * A message was refused while it was being read, before it became a call.
 */
final class RefusedException extends Exception {

	private final transient Refusal refusal;

	private final transient @Nullable Object requestId;

	RefusedException(Refusal refusal, @Nullable Object requestId) {
		super(refusal.message(), null, false, false);
		this.refusal = refusal;
		this.requestId = requestId;
	}

	RefusedException(Refusal refusal) {
		this(refusal, null);
	}

	RefusedException(RefusalReason reason, String message) {
		this(Refusals.of(reason, message), null);
	}

	Refusal refusal() {
		return this.refusal;
	}

	/**
	 * Return the id of the refused request, as far as it was read.
	 */
	@Nullable Object requestId() {
		return this.requestId;
	}

}
