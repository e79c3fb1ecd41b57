// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a user is asked, with places for the values of arguments.
 *
 * @param texts the texts around the places, one more than there are places
 * @param places the arguments, each as the names that lead to it
 */
record Question(List<String> texts, List<List<String>> places) {

	/**
	 * Read a question in which names of arguments, with dots between those of nested
	 * ones, stand in braces.
	 * @throws IllegalArgumentException if the braces do not match
	 */
	static Question parse(String text) {
		List<String> texts = new ArrayList<>();
		List<List<String>> places = new ArrayList<>();
		int from = 0;
		for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
			int close = text.indexOf('}', open);
			String name = (close > 0) ? text.substring(open + 1, close) : "";
			if (name.isEmpty() || name.indexOf('{') >= 0) {
				throw new IllegalArgumentException("the brace at position " + (open + 1) + " begins no argument");
			}
			texts.add(plain(text, from, open));
			places.add(List.of(name.split("\\.", -1)));
			from = close + 1;
		}
		texts.add(plain(text, from, text.length()));
		return new Question(List.copyOf(texts), List.copyOf(places));
	}

	/**
	 * Put the question about a call.
	 */
	String about(Map<String, Object> arguments) {
		StringBuilder question = new StringBuilder(this.texts.get(0));
		for (int i = 0; i < this.places.size(); i++) {
			question.append(ShownValue.of(value(arguments, this.places.get(i)))).append(this.texts.get(i + 1));
		}
		return question.toString();
	}

	private static @Nullable Object value(Map<String, Object> arguments, List<String> path) {
		Object value = arguments;
		for (String name : path) {
			value = (value instanceof Map<?, ?> object) ? object.get(name) : null;
		}
		return value;
	}

	private static String plain(String text, int from, int to) {
		String plain = text.substring(from, to);
		if (plain.indexOf('}') >= 0) {
			throw new IllegalArgumentException(
					"the brace at position " + (from + plain.indexOf('}') + 1) + " ends no argument");
		}
		return plain;
	}

}
