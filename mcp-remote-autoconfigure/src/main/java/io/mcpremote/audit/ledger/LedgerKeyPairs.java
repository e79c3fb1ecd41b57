// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.mcpremote.audit.ledger.McpRemoteAuditLedgerProperties.KeyPair;
import io.mcpremote.call.StartupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads pairs of keys, and makes sure that they are pairs.
 */
final class LedgerKeyPairs {

	private static final String PREFIX = "mcp.remote.audit.ledger.";

	private LedgerKeyPairs() {
	}

	static List<SigningKey> read(List<KeyPair> pairs) {
		List<SigningKey> keys = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < pairs.size(); i++) {
			String name = "signing-keys[" + i + "].";
			KeyPair pair = pairs.get(i);
			String id = AuditLedgerPropertyChecks.id(name, pair.id(), ids);
			String secret = pair.privateKey();
			SigningKey key = new SigningKey(id, publicKey(name, pair.publicKey()),
					(secret != null && !secret.isBlank()) ? privateKey(name, secret) : null);
			byte[] probe = { 1, 2, 3 };
			if (key.privateKey() != null && !key.verify(probe, key.sign(probe))) {
				throw new StartupException("The two keys of " + PREFIX + name + "* do not belong together.",
						"Set both keys of one pair.");
			}
			keys.add(key);
		}
		return keys;
	}

	private static PublicKey publicKey(String name, @Nullable String value) {
		try {
			return KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes(value)));
		}
		catch (GeneralSecurityException ex) {
			throw invalid(name + "public-key", "openssl pkey -in key.pem -pubout");
		}
	}

	private static PrivateKey privateKey(String name, String value) {
		try {
			return KeyFactory.getInstance(SigningKey.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes(value)));
		}
		catch (GeneralSecurityException ex) {
			throw invalid(name + "private-key", "openssl genpkey -algorithm ed25519");
		}
	}

	private static byte[] bytes(@Nullable String value) {
		String text = (value != null) ? value.replaceAll("-----[A-Z ]{1,40}-----", "").replaceAll("\\s", "") : null;
		byte[] bytes = AuditLedgerPropertyChecks.base64(text);
		return (bytes != null) ? bytes : new byte[0];
	}

	/**
	 * Does not show the value, which may be secret.
	 */
	private static StartupException invalid(String name, String command) {
		return new StartupException("The value of " + PREFIX + name + " is missing or no Ed25519 key.",
				"Set it to what '" + command + "' shows, with or without the lines around it.");
	}

}
