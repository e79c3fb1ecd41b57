// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The keys with which issuers sign access tokens, as far as this replica knows them, for
 * whoever operates the server. Asking asks nobody else.
 *
 * @since 0.1.0
 */
public interface KeySets {

	/**
	 * Return what is known of the keys of each issuer.
	 * @return a key set for each issuer whose keys are read
	 */
	List<KeySet> keySets();

	/**
	 * Have those read that could not be or that nobody has needed yet, on other threads
	 * and not more often than now and then.
	 */
	void retry();

	/**
	 * The keys of one issuer.
	 *
	 * @param issuer the issuer, or where its keys are, without anything secret in it
	 * @param keys how many keys are known
	 * @param read when they were read, {@code null} if nobody has needed them yet or they
	 * never could be read
	 * @param failing whether they could not be read the last time that was tried
	 * @param usable whether tokens can be verified with them, or nobody knows yet
	 */
	record KeySet(String issuer, int keys, @Nullable Instant read, boolean failing, boolean usable) {

	}

}
