// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.util.Locale;

/**
 * A block of code on a page. Behind its language stands what becomes of it: <pre>
 * ```yaml bind
 * ```json lint
 * ```text run start no-issuer
 * ```shell shown needs an account of yours
 * </pre>
 *
 * @param page the page, as seen from the root of the project
 * @param line the line of the opening fence, from 1
 * @param language the first word behind the fence
 * @param tag the second, in lower case
 * @param detail what follows
 * @param text what is in the block
 */
record CodeBlock(String page, int line, String language, String tag, String detail, String text) {

	static CodeBlock of(String page, int line, String info, String text) {
		String[] words = info.strip().split("\\s+", 3);
		return new CodeBlock(page, line, words[0], (words.length > 1) ? words[1].toLowerCase(Locale.ROOT) : "",
				(words.length > 2) ? words[2] : "", text);
	}

	boolean is(String someTag) {
		return this.tag.equals(someTag);
	}

	/**
	 * Return the second of two words behind {@code run}: what is run, by whom comes
	 * first.
	 */
	String what() {
		int space = this.detail.indexOf(' ');
		return (space != -1) ? this.detail.substring(space + 1) : "";
	}

	String problem(String what) {
		return this.page + ":" + this.line + ": " + what;
	}

}
