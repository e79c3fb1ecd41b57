// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret with which records are chained. What it makes for records is of no use for
 * statements, and the other way round.
 */
final class LedgerKey {

	static final String ALGORITHM = "HmacSHA256";

	static final int MIN_BYTES = 32;

	private final String id;

	private final SecretKeySpec records;

	private final SecretKeySpec statements;

	LedgerKey(String id, byte[] secret) {
		this.id = id;
		this.records = derive(secret, "mcp-remote audit record v1");
		this.statements = derive(secret, "mcp-remote audit statement v1");
	}

	String id() {
		return this.id;
	}

	/**
	 * Return a new code for records, for one thread at a time.
	 */
	Mac forRecords() {
		return mac(this.records);
	}

	/**
	 * Return a new code for statements, for one thread at a time.
	 */
	Mac forStatements() {
		return mac(this.statements);
	}

	@Override
	public String toString() {
		return "LedgerKey[" + this.id + "]";
	}

	private static SecretKeySpec derive(byte[] secret, String use) {
		byte[] derived = mac(new SecretKeySpec(secret, ALGORITHM)).doFinal(use.getBytes(StandardCharsets.US_ASCII));
		return new SecretKeySpec(derived, ALGORITHM);
	}

	private static Mac mac(SecretKeySpec key) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
