// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Instant;

import io.mcpremote.idempotency.IdempotencyStore.Claim;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * A call that has been made, or is being made.
 *
 * @param name what it is found by
 * @param digest the digest of its arguments
 * @param result its result, if it is complete
 * @param ends when it is forgotten
 * @param number grows with time
 * @param size how many bytes it takes
 */
record MadeCall(Name name, String digest, @Nullable CallToolResult result, Instant ends, long number, long size) {

	/**
	 * What a call takes beside its result.
	 */
	static final int OVERHEAD = 512;

	static MadeCall claimed(CallIdentity call) {
		return new MadeCall(Name.of(call), call.digest(), null, Instant.MAX, 0, 0);
	}

	/**
	 * Return what stands before all calls of an owner.
	 */
	static MadeCall before(String owner) {
		return new MadeCall(new Name(owner, ""), "", null, Instant.MIN, 0, 0);
	}

	boolean hasEnded(Instant now) {
		return !now.isBefore(this.ends);
	}

	/**
	 * Return what there is for whoever makes the call again.
	 */
	Claim claim(CallIdentity call) {
		if (!this.digest.equals(call.digest())) {
			return Claim.OTHER;
		}
		return (this.result != null) ? Claim.complete(this.result) : Claim.RUNNING;
	}

	/**
	 * What a call is found by.
	 *
	 * @param owner who has made it
	 * @param name its name
	 */
	record Name(String owner, String name) {

		static Name of(CallIdentity call) {
			return new Name(call.owner(), call.name());
		}

	}

}
