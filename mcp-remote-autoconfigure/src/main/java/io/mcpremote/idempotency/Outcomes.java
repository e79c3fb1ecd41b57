// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.ResultSnapshot;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Knows which outcomes are those of a call that is complete, and what is kept of them.
 */
final class Outcomes {

	private static final int SMALL = 1024;

	private static final ResultSnapshot NOT_KEPT = told("This call has been made before and came to its end. Its result"
			+ " is not kept here, and the call is not made again: look up what it did.");

	private final ResultSnapshot.Maker snapshots;

	private final long maxSize;

	/**
	 * Create an instance.
	 * @param snapshots makes what is kept
	 * @param maxSize how large that may be
	 */
	Outcomes(ResultSnapshot.Maker snapshots, long maxSize) {
		this.snapshots = snapshots;
		this.maxSize = maxSize;
	}

	/**
	 * Return what is kept of an outcome.
	 * @param outcome the outcome
	 * @param keyed whether the client has given a key to the call; then it says itself
	 * whether it tries again, and gets the errors that its tool told it of, too
	 * @return a result, or {@code null} if the call may be made again
	 */
	@Nullable ResultSnapshot kept(CallOutcome outcome, boolean keyed) {
		if (outcome instanceof Failure failure) {
			// The tool has done its work, and gave back more than anybody is sent
			boolean complete = failure.kind() == FailureKind.OUTPUT_TOO_LARGE
					|| (keyed && failure.kind() == FailureKind.TOLD);
			return (complete) ? bounded(told(failure.message())) : null;
		}
		if (!(outcome instanceof Result result) || (!keyed && isError(result))) {
			return null;
		}
		ResultSnapshot snapshot = this.snapshots.of(result.value());
		return (snapshot != null) ? bounded(snapshot) : NOT_KEPT;
	}

	private ResultSnapshot bounded(ResultSnapshot snapshot) {
		return (snapshot.size() <= this.maxSize) ? snapshot : NOT_KEPT;
	}

	private static boolean isError(Result result) {
		return result.value() instanceof CallToolResult tool && Boolean.TRUE.equals(tool.isError());
	}

	private static ResultSnapshot told(String message) {
		return new ResultSnapshot(CallToolResult.builder().addTextContent(message).isError(true).build(),
				SMALL + 2L * message.length());
	}

}
