// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

/**
 * Looks in one text for what makes a secret of what stands before, and remembers how far
 * it has looked: where every few characters could be the beginning of a secret, none is
 * looked at again for each of them.
 */
final class LookAhead {

	/**
	 * How far to look.
	 */
	static final int MAX = 1024;

	private final String text;

	private final int end;

	// There is no dot in the token from where it was last looked for up to here
	private int undotted;

	// There is no sign for a user in the URL from where it was last looked for up to here
	private int unnamed;

	LookAhead(String text, int end) {
		this.text = text;
		this.end = end;
	}

	/**
	 * Return whether a token has parts.
	 * @param start where it begins, never before where it was asked for last
	 */
	boolean isDotted(int start) {
		int most = Math.min(this.end, start + MAX);
		int i = Math.max(start, this.undotted);
		while (i < most && Letters.isToken(this.text.charAt(i)) && this.text.charAt(i) != '.') {
			i++;
		}
		this.undotted = i;
		return i < most && this.text.charAt(i) == '.';
	}

	/**
	 * Return whether a URL may name a user, or have one in its path or query.
	 * @param start where its host may begin, never before where it was asked for last
	 */
	boolean namesUser(int start) {
		int most = Math.min(this.end, start + MAX);
		int i = Math.max(start, this.unnamed);
		while (i < most && !SecretUrls.endsUrl(this.text.charAt(i)) && this.text.charAt(i) != '@') {
			i++;
		}
		this.unnamed = i;
		return i < most && this.text.charAt(i) == '@';
	}

}
