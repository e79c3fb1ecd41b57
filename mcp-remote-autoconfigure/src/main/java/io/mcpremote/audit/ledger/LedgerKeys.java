// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a ledger. The first of each kind makes what is new, all verify.
 */
final class LedgerKeys {

	private final List<LedgerKey> keys;

	private final List<SigningKey> signingKeys;

	LedgerKeys(List<LedgerKey> keys, List<SigningKey> signingKeys) {
		this.keys = List.copyOf(keys);
		this.signingKeys = List.copyOf(signingKeys);
	}

	/**
	 * Return the key that chains records from now on.
	 */
	LedgerKey current() {
		return this.keys.get(0);
	}

	@Nullable LedgerKey find(String id) {
		return this.keys.stream().filter((key) -> key.id().equals(id)).findFirst().orElse(null);
	}

	/**
	 * Return whether single records can be verified, and not only what is signed.
	 */
	boolean canVerifyRecords() {
		return !this.keys.isEmpty();
	}

	/**
	 * Return the algorithm and the key that sign.
	 */
	String signer() {
		return (this.signingKeys.isEmpty()) ? Statement.signer(LedgerKey.ALGORITHM, current().id())
				: Statement.signer(SigningKey.ALGORITHM, this.signingKeys.get(0).id());
	}

	/**
	 * Return the signature of a text that names the signer.
	 */
	String sign(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return HexFormat.of()
			.formatHex((this.signingKeys.isEmpty()) ? current().forStatements().doFinal(bytes)
					: this.signingKeys.get(0).sign(bytes));
	}

	/**
	 * Return what is to be said against the signature of a statement, {@code null} if
	 * nothing.
	 */
	@Nullable Objection objection(Statement statement) {
		byte[] text = statement.signed().getBytes(StandardCharsets.US_ASCII);
		byte[] signature = HexFormat.of().parseHex(statement.signature());
		boolean valid;
		if (statement.algorithm().equals(SigningKey.ALGORITHM)) {
			SigningKey key = this.signingKeys.stream()
				.filter((candidate) -> candidate.id().equals(statement.key()))
				.findFirst()
				.orElse(null);
			if (key == null) {
				return new Objection(Fault.UNVERIFIABLE,
						"is signed with the key '" + statement.key() + "', which is not among the signing keys");
			}
			valid = key.verify(text, signature);
		}
		else {
			// Whoever can chain records could sign like this
			if (!this.signingKeys.isEmpty()) {
				return new Objection(Fault.FORGED, "is not signed with a signing key");
			}
			LedgerKey key = find(statement.key());
			if (key == null) {
				return new Objection(Fault.UNVERIFIABLE,
						"is signed with the key '" + statement.key() + "', which is not among the keys");
			}
			valid = MessageDigest.isEqual(key.forStatements().doFinal(text), signature);
		}
		return (valid) ? null : new Objection(Fault.FORGED, "has a signature that is not valid");
	}

	/**
	 * What is to be said against a statement.
	 *
	 * @param fault what kind of thing
	 * @param message what about it
	 */
	record Objection(Fault fault, String message) {

	}

}
