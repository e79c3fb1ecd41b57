// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Replaces what looks like a secret in text: tokens, keys, card numbers, passwords in
 * URLs and next to their name. Looks at each character a bounded number of times, and not
 * at many more of them than are kept.
 */
final class SecretText {

	static final String MASK = "******";

	/**
	 * How far beyond the end of what is kept a secret may go on that begins before it.
	 */
	private static final int LOOK_AHEAD = 512;

	private SecretText() {
	}

	/**
	 * Return a text without secrets.
	 * @param text the text
	 * @param max how many characters of it are kept
	 * @return the text itself if there is nothing in it, and not too much
	 */
	static String of(String text, int max) {
		return PercentText.masked(plain(text, max));
	}

	/**
	 * Return whether there is something secret in a text.
	 */
	static boolean isSecret(String text) {
		String redacted = plain(text, text.length());
		return !redacted.equals(text);
	}

	private static String plain(String text, int max) {
		int kept = text.length();
		if (kept > max) {
			kept = (max > 0 && Character.isHighSurrogate(text.charAt(max - 1))) ? max - 1 : max;
		}
		int end = Math.min(text.length(), max + LOOK_AHEAD);
		LookAhead ahead = new LookAhead(text, end);
		Span secret = find(text, 0, end, ahead);
		if (kept == text.length() && secret == null) {
			return text;
		}
		StringBuilder out = new StringBuilder(kept + 32);
		int done = 0;
		while (secret != null && secret.from() < kept) {
			out.append(text, done, secret.from()).append(MASK);
			done = secret.to();
			secret = (done < kept) ? find(text, done, end, ahead) : null;
		}
		out.append(text, Math.min(done, kept), kept);
		if (kept < text.length()) {
			out.append("\u2026 [").append(text.length()).append(" characters]");
		}
		return out.toString();
	}

	/**
	 * Find the first secret.
	 */
	private static @Nullable Span find(String text, int start, int end, LookAhead ahead) {
		int i = start;
		while (i < end) {
			char c = text.charAt(i);
			Span found = null;
			int next = i + 1;
			if (Letters.isAlphanumeric(c)) {
				found = SecretTokens.at(text, i, end, ahead);
				next = runEnd(text, i, end);
			}
			else if (c == '%') {
				int decoded = decoded(text, i, end);
				found = (decoded == '=' || decoded == ':') ? NamedSecrets.assigned(text, i, i + 3, end) : null;
				next = (decoded >= 0) ? i + 3 : next;
			}
			else if (c == '=' || c == ':') {
				found = (text.startsWith("://", i)) ? SecretUrls.userInfo(text, i + 3, end, ahead)
						: NamedSecrets.assigned(text, i, i + 1, end);
			}
			else if (c == '-') {
				found = SecretTokens.privateKey(text, i, end);
				found = (found != null) ? found : NamedSecrets.option(text, i, end);
			}
			if (found != null) {
				return found;
			}
			i = next;
		}
		return null;
	}

	/**
	 * Return the end of digits, or of letters: a number may follow a word at once.
	 */
	private static int runEnd(String text, int start, int end) {
		boolean digit = Character.isDigit(text.charAt(start));
		int i = start + 1;
		while (i < end && Letters.isAlphanumeric(text.charAt(i)) && Character.isDigit(text.charAt(i)) == digit) {
			i++;
		}
		return i;
	}

	/**
	 * Return what a percent sign and two digits stand for, {@code -1} if it is no digits
	 * that follow.
	 */
	private static int decoded(String text, int i, int end) {
		if (i + 2 >= end) {
			return -1;
		}
		int high = Character.digit(text.charAt(i + 1), 16);
		int low = Character.digit(text.charAt(i + 2), 16);
		return (high >= 0 && low >= 0) ? (high << 4) | low : -1;
	}

}
