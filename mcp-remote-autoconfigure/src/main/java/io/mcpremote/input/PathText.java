// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.File;
import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Knows how paths are written that mean something else to somebody further on: a shell, a
 * decoder, another operating system.
 */
final class PathText {

	private static final boolean UNIX = File.separatorChar == '/';

	private static final int MAX_LENGTH = 4096;

	/**
	 * Encoded dots, separators, percent signs and controls, and what is not ASCII, such
	 * as overlong encodings of these.
	 */
	private static final Pattern ENCODED = Pattern.compile("%(2e|2f|5c|25|7f|[0189a-f][0-9a-f]|u[0-9a-f]{4})",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Schemes, drives, and the like.
	 */
	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

	/**
	 * Characters that look like separators and that some conversions make separators of.
	 */
	private static final Pattern LOOK_ALIKES = Pattern
		.compile("[\\u2044\\u2215\\u2216\\u29F5\\u29F8\\u29F9\\uFE68\\uFF0F\\uFF3C]");

	private static final Pattern SHARE = Pattern.compile("[/\\\\]{2}");

	private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");

	private PathText() {
	}

	/**
	 * Return what is wrong with the way a path is written.
	 * @return a sentence, or {@code null}
	 */
	static @Nullable String fault(String text) {
		if (text.isBlank() || text.length() > MAX_LENGTH) {
			return "it must be a path of at most " + MAX_LENGTH + " characters";
		}
		if (text.chars().anyMatch(PathText::isUnreadable)) {
			return "it must not have control characters";
		}
		if (ENCODED.matcher(text).find() || LOOK_ALIKES.matcher(text).find()) {
			return "it must be written as it is, without encoded characters or substitutes for separators";
		}
		if (text.startsWith("~") || isForeign(text, UNIX)) {
			return "it must be a plain path, with / between names, and not a URL, drive, share or home directory";
		}
		// Whatever others make of it before they look for dots
		boolean climbs = Stream.of(text, visible(text), Normalizer.normalize(text, Normalizer.Form.NFKC))
			.flatMap((form) -> List.of(SEPARATORS.split(form)).stream())
			.anyMatch(PathText::isParent);
		return (climbs) ? "it must not have '..' in it" : null;
	}

	/**
	 * Return whether a path leads out of the file system. Windows takes two separators of
	 * either kind for the beginning of a share, which is on another machine.
	 */
	static boolean isForeign(String text, boolean unix) {
		if (SHARE.matcher(text).lookingAt()) {
			return true;
		}
		return (unix) ? text.indexOf('\\') >= 0 || SCHEME.matcher(text).matches() : text.indexOf(':', 2) >= 0;
	}

	private static boolean isUnreadable(int c) {
		return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
	}

	/**
	 * Return whether a name leads up. Windows drops dots and spaces at the end of names.
	 */
	private static boolean isParent(String name) {
		return name.strip().startsWith("..") && name.chars().allMatch((c) -> c == '.' || Character.isWhitespace(c));
	}

	private static String visible(String text) {
		StringBuilder visible = new StringBuilder(text.length());
		text.codePoints()
			.filter((codePoint) -> Character.getType(codePoint) != Character.FORMAT
					&& (codePoint < 0xFE00 || codePoint > 0xFE0F))
			.forEach(visible::appendCodePoint);
		return visible.toString();
	}

}
