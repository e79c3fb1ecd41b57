// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * Tells which names stand for credentials, however they are spelled.
 */
final class SecretNames {

	private static final int MAX_LENGTH = 256;

	/**
	 * Secret wherever they stand in a name that is written in lower case and without
	 * separators.
	 */
	private static final List<String> PARTS = List.of("passw", "passphrase", "passcode", "pwd", "secret", "credential",
			"token", "bearer", "jwt", "cookie", "authorization", "authorisation", "authentication", "apikey",
			"accesskey", "privatekey", "privkey", "signingkey", "encryptionkey", "decryptionkey", "sshkey", "masterkey",
			"sharedkey", "accountkey", "authkey", "clientkey", "licensekey", "servicekey", "consumerkey", "sessionkey",
			"storagekey", "subscriptionkey", "hmackey", "keymaterial", "signature", "sessionid", "sessid",
			"connectionstring", "pswd", "passkey", "creds", "dbpass", "userpass", "adminpass", "rootpass", "loginpass",
			"smtppass", "mailpass", "sshpass", "keypass", "storepass", "otpcode", "userpin", "cardpin",
			"verificationcode", "cvv", "cvc", "pincode", "pinnumber", "creditcard", "cardnumber", "cardno", "cardnum",
			"ccnum", "socialsecurity", "securitycode", "securityanswer", "mfacode", "2fa", "totp", "recoverycode",
			"recoveryphrase", "backupcode", "seedphrase", "mnemonic", "kennwort", "motdepasse", "contrasena", "senha");

	/**
	 * Secret as a word of their own.
	 */
	private static final List<String> WORDS = List.of("-pin-", "-pass-", "-pw-", "-auth-", "-oauth-", "-otp-", "-mfa-",
			"-ssn-", "-csc-", "-pan-", "-sig-", "-sid-", "-mdp-", "-xsrf-", "-csrf-");

	/**
	 * Words next to which tokens are what models count.
	 */
	private static final List<String> COUNTING = List.of("-max-", "-min-", "-count-", "-num-", "-number-", "-limit-",
			"-total-", "-budget-", "-used-", "-usage-", "-input-", "-output-", "-prompt-", "-completion-");

	private SecretNames() {
	}

	/**
	 * Return whether a name stands for a credential.
	 */
	static boolean isSecret(String name) {
		if (name.length() > MAX_LENGTH) {
			// Nobody has looked at all of it
			return true;
		}
		String plain = plain(name);
		if (plain.length() > MAX_LENGTH) {
			return true;
		}
		return contains(PARTS, flat(plain)) || isWord(words(plain));
	}

	/**
	 * Return whether a number under this name is one of tokens, which are no secret.
	 */
	static boolean isCount(String name) {
		String words = words(plain(name));
		if (!words.contains("token") || !contains(COUNTING, words)) {
			return false;
		}
		String others = words.replace("token", "");
		return !contains(PARTS, flat(others)) && !isWord(others);
	}

	/**
	 * Return a name such that all its spellings are the same.
	 */
	static String flattened(String name) {
		return flat(plain((name.length() > MAX_LENGTH) ? name.substring(0, MAX_LENGTH) : name));
	}

	private static boolean isWord(String words) {
		return contains(WORDS, words) || words.endsWith("ssn-");
	}

	private static boolean contains(List<String> parts, String text) {
		for (int i = 0; i < parts.size(); i++) {
			if (text.contains(parts.get(i))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Letters that only look different, such as those of full width or with accents, are
	 * made the same.
	 */
	private static String plain(String name) {
		for (int i = 0; i < name.length(); i++) {
			if (name.charAt(i) >= 0x80) {
				return Normalizer.normalize(name, Normalizer.Form.NFKD);
			}
		}
		return name;
	}

	private static String flat(String name) {
		StringBuilder flat = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (Character.isLetterOrDigit(c)) {
				flat.append(Character.toLowerCase(c));
			}
		}
		return flat.toString();
	}

	/**
	 * Return the words of a name in lower case, with a dash before and after each.
	 */
	private static String words(String name) {
		StringBuilder words = new StringBuilder(name.length() + 8).append('-');
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (!Character.isLetterOrDigit(c)) {
				separate(words);
				continue;
			}
			if (i > 0 && begins(name, i)) {
				separate(words);
			}
			words.append(c);
		}
		separate(words);
		return words.toString().toLowerCase(Locale.ROOT);
	}

	private static boolean begins(String name, int i) {
		char c = name.charAt(i);
		char before = name.charAt(i - 1);
		if (Character.isDigit(c) != Character.isDigit(before)) {
			return true;
		}
		boolean lowerFollows = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
		return Character.isUpperCase(c) && (Character.isLowerCase(before) || lowerFollows);
	}

	private static void separate(StringBuilder words) {
		if (words.charAt(words.length() - 1) != '-') {
			words.append('-');
		}
	}

}
