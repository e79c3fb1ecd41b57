// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern for URIs. An asterisk stands for one or more characters other than a slash,
 * two of them for anything. Matching takes time proportional to the length of the URI,
 * which a client chooses.
 *
 * @since 0.1.0
 */
public final class UriPattern {

	/**
	 * One or more characters other than a slash. No character is negative.
	 */
	private static final int SEGMENT = -1;

	/**
	 * Any number of characters.
	 */
	private static final int ANYTHING = -2;

	private final String text;

	private final int[] tokens;

	private UriPattern(String text, List<Integer> tokens) {
		this.text = text;
		this.tokens = tokens.stream().mapToInt(Integer::intValue).toArray();
	}

	/**
	 * Read a pattern, in which asterisks are the only wildcards.
	 * @param text the pattern
	 * @return the pattern
	 */
	public static UriPattern of(String text) {
		List<Integer> tokens = new ArrayList<>();
		for (int i = 0; i < text.length(); i++) {
			if (text.startsWith("**", i)) {
				tokens.add(ANYTHING);
				i++;
			}
			else {
				tokens.add((text.charAt(i) == '*') ? SEGMENT : (int) text.charAt(i));
			}
		}
		return new UriPattern(text, tokens);
	}

	/**
	 * Read a URI template the way the MCP SDK does, in which variables are the only
	 * wildcards.
	 * @param text the template
	 * @return the pattern
	 */
	public static UriPattern ofTemplate(String text) {
		List<Integer> tokens = new ArrayList<>();
		int i = 0;
		while (i < text.length()) {
			int end = (text.charAt(i) == '{') ? text.indexOf('}', i + 2) : -1;
			if (end > 0 && text.substring(i, end).indexOf('/') < 0) {
				tokens.add(SEGMENT);
				i = end + 1;
			}
			else {
				tokens.add((int) text.charAt(i));
				i++;
			}
		}
		return new UriPattern(text, tokens);
	}

	/**
	 * Return how many characters the pattern prescribes; more make it more specific.
	 * @return the number of characters
	 */
	int literals() {
		int literals = 0;
		for (int token : this.tokens) {
			literals += (token >= 0) ? 1 : 0;
		}
		return literals;
	}

	/**
	 * Return whether a URI fits.
	 * @param uri the URI
	 * @return whether the pattern stands for it
	 */
	public boolean matches(String uri) {
		boolean[] now = new boolean[this.tokens.length + 1];
		boolean[] next = new boolean[now.length];
		enter(now, 0);
		for (int i = 0; i < uri.length(); i++) {
			char c = uri.charAt(i);
			boolean alive = false;
			for (int at = 0; at < this.tokens.length; at++) {
				if (now[at] && takes(this.tokens[at], c)) {
					alive = true;
					step(next, at);
				}
			}
			if (!alive) {
				return false;
			}
			boolean[] spent = now;
			now = next;
			next = spent;
			Arrays.fill(next, false);
		}
		return now[this.tokens.length];
	}

	/**
	 * Return whether there can be a URI that fits both patterns.
	 * @param other the other pattern
	 * @return whether the two have anything in common
	 */
	public boolean overlaps(UriPattern other) {
		return overlaps(other, 0, 0, new boolean[this.tokens.length + 1][other.tokens.length + 1]);
	}

	private boolean overlaps(UriPattern other, int mine, int its, boolean[][] seen) {
		if (seen[mine][its]) {
			return false;
		}
		seen[mine][its] = true;
		boolean ended = mine == this.tokens.length;
		boolean otherEnded = its == other.tokens.length;
		if (ended && otherEnded) {
			return true;
		}
		if (!ended && this.tokens[mine] == ANYTHING && overlaps(other, mine + 1, its, seen)) {
			return true;
		}
		if (!otherEnded && other.tokens[its] == ANYTHING && overlaps(other, mine, its + 1, seen)) {
			return true;
		}
		if (ended || otherEnded || !common(this.tokens[mine], other.tokens[its])) {
			return false;
		}
		boolean repeats = this.tokens[mine] < 0;
		boolean otherRepeats = other.tokens[its] < 0;
		return overlaps(other, mine + 1, its + 1, seen) || (repeats && overlaps(other, mine, its + 1, seen))
				|| (otherRepeats && overlaps(other, mine + 1, its, seen));
	}

	private void step(boolean[] states, int at) {
		if (this.tokens[at] < 0) {
			enter(states, at);
		}
		if (this.tokens[at] != ANYTHING) {
			enter(states, at + 1);
		}
	}

	private void enter(boolean[] states, int at) {
		states[at] = true;
		for (int i = at; i < this.tokens.length && this.tokens[i] == ANYTHING; i++) {
			states[i + 1] = true;
		}
	}

	private static boolean takes(int token, int c) {
		return token == c || token == ANYTHING || (token == SEGMENT && c != '/');
	}

	private static boolean common(int first, int second) {
		return (second >= 0) ? takes(first, second) : (first < 0 || takes(second, first));
	}

	@Override
	public String toString() {
		return this.text;
	}

}
