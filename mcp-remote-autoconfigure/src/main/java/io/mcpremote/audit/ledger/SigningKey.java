// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

import org.jspecify.annotations.Nullable;

/**
 * A key pair that signs statements; without the private key it only verifies them.
 *
 * @param id the name of the key
 * @param publicKey verifies
 * @param privateKey signs, {@code null} if this is not where statements are made
 */
record SigningKey(String id, PublicKey publicKey, @Nullable PrivateKey privateKey) {

	static final String ALGORITHM = "Ed25519";

	byte[] sign(byte[] text) {
		if (this.privateKey == null) {
			throw new IllegalStateException("The key " + this.id + " only verifies");
		}
		try {
			Signature signature = Signature.getInstance(ALGORITHM);
			signature.initSign(this.privateKey);
			signature.update(text);
			return signature.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The key " + this.id + " cannot sign", ex);
		}
	}

	boolean verify(byte[] text, byte[] signed) {
		try {
			Signature signature = Signature.getInstance(ALGORITHM);
			signature.initVerify(this.publicKey);
			signature.update(text);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return "SigningKey[" + this.id + "]";
	}

}
