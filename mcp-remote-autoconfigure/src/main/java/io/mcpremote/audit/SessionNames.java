// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Names sessions such that the record tells them apart, on all replicas alike, and nobody
 * who reads it can use them. The ids have more random bits than anybody can try.
 */
final class SessionNames {

	private static final byte[] PURPOSE = "mcp-remote audit session ".getBytes(StandardCharsets.US_ASCII);

	private static final int BYTES = 9;

	private SessionNames() {
	}

	static @Nullable String of(@Nullable String sessionId) {
		if (sessionId == null) {
			return null;
		}
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(PURPOSE);
			byte[] whole = digest.digest(sessionId.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(whole, BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
