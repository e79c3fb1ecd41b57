// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/**
 * Measures how large a result becomes as JSON, without making JSON of it, and no further
 * than the limit. Ordinary results are known to fit by the lengths of their strings
 * alone.
 */
final class ResultSize {

	/**
	 * The most bytes that become of one char, as an escape sequence.
	 */
	private static final int WIDEST = 6;

	private static final int NUMBER = 20;

	/**
	 * Quotes, colon, comma.
	 */
	private static final int PUNCTUATION = 4;

	/**
	 * Names of the members of a part of a result.
	 */
	private static final int PART = 40;

	private final long limit;

	private final boolean exact;

	private final ObjectMapper json;

	private long size;

	private ResultSize(long limit, boolean exact, ObjectMapper json) {
		this.limit = limit;
		this.exact = exact;
		this.json = json;
	}

	/**
	 * Return whether a result is larger than a limit.
	 */
	static boolean isOver(long limit, @Nullable Object result, ObjectMapper json) {
		return new ResultSize(limit, false, json).add(result) && new ResultSize(limit, true, json).add(result);
	}

	/**
	 * Add a value.
	 * @return whether the limit has been passed
	 */
	private boolean add(@Nullable Object value) {
		if (value instanceof String text) {
			return text(text);
		}
		if (value == null || value instanceof Boolean || value instanceof Enum<?>) {
			return grow(NUMBER);
		}
		// Before what can be told by an interface only, which takes longer
		@Nullable Object @Nullable [] parts = ResultParts.of(value);
		if (parts != null) {
			return grow(PART) || each(parts);
		}
		if (value instanceof Number number) {
			return grow((number instanceof Integer || number instanceof Long) ? NUMBER : number.toString().length());
		}
		if (value instanceof Map<?, ?> map) {
			return map(map);
		}
		// Not whatever can be iterated over: JSON trees and paths are no lists
		if (value instanceof Collection<?> elements) {
			return each(elements);
		}
		return grow(PART) || written(value);
	}

	private boolean each(@Nullable Object[] parts) {
		for (Object part : parts) {
			if (add(part)) {
				return true;
			}
		}
		return grow(PUNCTUATION);
	}

	private boolean map(Map<?, ?> map) {
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (text(String.valueOf(entry.getKey())) || add(entry.getValue())) {
				return true;
			}
		}
		return grow(PUNCTUATION);
	}

	private boolean each(Collection<?> elements) {
		for (Object element : elements) {
			if (add(element)) {
				return true;
			}
		}
		return grow(PUNCTUATION);
	}

	private boolean text(String text) {
		if (!this.exact) {
			return grow((long) WIDEST * text.length() + PUNCTUATION);
		}
		for (int i = 0; i < text.length(); i++) {
			if (grow(width(text.charAt(i)))) {
				return true;
			}
		}
		return grow(PUNCTUATION);
	}

	/**
	 * Return how many bytes a char takes, or half of a character on average.
	 */
	private static int width(char c) {
		if (c < 0x20) {
			return (c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f') ? 2 : WIDEST;
		}
		if (c < 0x80) {
			return (c == '"' || c == '\\') ? 2 : 1;
		}
		return (c < 0x800 || Character.isSurrogate(c)) ? 2 : 3;
	}

	/**
	 * Add a value of the application's own, whose size only shows when it is written.
	 */
	private boolean written(Object value) {
		try {
			this.json.writeValue(new OutputStream() {

				@Override
				public void write(int b) throws IOException {
					count(1);
				}

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					count(length);
				}

				private void count(int length) throws IOException {
					if (grow(length)) {
						throw new IOException("Too large");
					}
				}

			}, value);
			return false;
		}
		catch (JacksonException ex) {
			if (this.size > this.limit) {
				return true;
			}
			throw ex;
		}
	}

	private boolean grow(long by) {
		this.size += by;
		return this.size > this.limit;
	}

}
