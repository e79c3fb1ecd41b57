// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds the values of a template's variables in a URI, in one pass.
 */
final class UriVariables {

	private UriVariables() {
	}

	/**
	 * Return the variables.
	 * @param template a template with names in braces
	 * @param uri a URI that belongs to it
	 * @return the variables in their order, {@code null} if there is more than one way to
	 * tell them apart
	 */
	static @Nullable List<Variable> of(String template, String uri) {
		List<Variable> found = new ArrayList<>();
		int at = 0;
		int read = 0;
		while (at < template.length()) {
			int end = (template.charAt(at) == '{') ? template.indexOf('}', at) : -1;
			if (end < 0) {
				if (read >= uri.length() || uri.charAt(read) != template.charAt(at)) {
					return null;
				}
				at++;
				read++;
				continue;
			}
			int next = template.indexOf('{', end);
			String literal = template.substring(end + 1, (next >= 0) ? next : template.length());
			int valueEnd = valueEnd(uri, read, literal, next < 0);
			if (valueEnd < 0) {
				return null;
			}
			found.add(new Variable(name(template.substring(at + 1, end)), read, valueEnd));
			read = valueEnd;
			at = end + 1;
		}
		return (read == uri.length()) ? found : null;
	}

	private static int valueEnd(String uri, int start, String literal, boolean last) {
		if (last) {
			int end = uri.length() - literal.length();
			return (end >= start && uri.startsWith(literal, end)) ? end : -1;
		}
		int end = (!literal.isEmpty()) ? uri.indexOf(literal, start) : -1;
		if (end < 0) {
			return -1;
		}
		int other = uri.indexOf(literal, end + 1);
		boolean otherWay = other >= 0 && uri.substring(start, other).indexOf('/') < 0;
		return (otherWay) ? -1 : end;
	}

	/**
	 * Return a name without what templates may have around it.
	 */
	private static String name(String expression) {
		int first = (!expression.isEmpty() && "+#./;?&".indexOf(expression.charAt(0)) >= 0) ? 1 : 0;
		int last = expression.length();
		if (last > first && expression.charAt(last - 1) == '*') {
			last--;
		}
		return expression.substring(first, last);
	}

	/**
	 * A variable.
	 *
	 * @param name its name
	 * @param from where its value begins
	 * @param to where it ends
	 */
	record Variable(String name, int from, int to) {

	}

}
