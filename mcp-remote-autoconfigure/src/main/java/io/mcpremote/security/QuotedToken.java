// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Finds tokens in what others say of a failure: an authorization server may repeat what
 * it was sent, and so may a decoder.
 */
final class QuotedToken {

	/**
	 * Whoever repeats twice as much in a row is found.
	 */
	private static final int PIECE = 12;

	/**
	 * What comes with more causes than anything sensible is not looked through, and not
	 * trusted either.
	 */
	private static final int MAX_CAUSES = 64;

	private QuotedToken() {
	}

	/**
	 * Return whether a message contains some part of a token, which may have been cut.
	 */
	static boolean isIn(Throwable thrown, String token) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Throwable> open = new ArrayDeque<>(List.of(thrown));
		while (!open.isEmpty()) {
			Throwable next = open.pop();
			if (seen.add(next)) {
				if (seen.size() > MAX_CAUSES || quotes(next.toString(), token)) {
					return true;
				}
				open.addAll(Arrays.asList(next.getSuppressed()));
				if (next.getCause() != null) {
					open.add(next.getCause());
				}
			}
		}
		return false;
	}

	private static boolean quotes(String message, String token) {
		if (token.length() < PIECE) {
			// Words are in messages by chance
			return token.length() > PIECE / 2 && message.contains(token);
		}
		for (int i = 0; i + PIECE <= token.length(); i += PIECE) {
			if (message.contains(token.substring(i, i + PIECE))) {
				return true;
			}
		}
		return false;
	}

}
