// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;

/**
 * Remembers which proofs of possession have been used, since each is good for one
 * request. Implementations are safe for use by several threads, and shared by all
 * replicas if there are several.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UsedProofs {

	/**
	 * Note that a proof is used.
	 * @param key the thumbprint of the key that made the proof
	 * @param id stands for the proof, unique for the key and of bounded length
	 * @param expires until when, this moment included, the proof would be accepted
	 * @return whether this is its first use
	 * @throws RuntimeException if it cannot be remembered, for which the request is
	 * refused
	 */
	boolean use(String key, String id, Instant expires);

}
