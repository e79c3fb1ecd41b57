// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool that clients repeat in {@code Mcp-Param-*} headers, as its
 * input schema says with {@code x-mcp-header}.
 *
 * @param headers the headers
 */
record ParamHeaders(List<Header> headers) {

	static final String PREFIX = "Mcp-Param-";

	private static final String ANNOTATION = "x-mcp-header";

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	// BigDecimal reads more than what others take for a number, digits of all scripts for
	// one
	private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(?:\\.\\d{1,100})?(?:[eE][+-]?\\d{1,4})?");

	private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

	private static final ParamHeaders NONE = new ParamHeaders(List.of());

	/**
	 * Read the annotations of a schema.
	 * @param schema the input schema of a tool
	 * @return the headers
	 * @throws IllegalArgumentException if an annotation is one that clients reject
	 */
	static ParamHeaders of(@Nullable Map<String, Object> schema) {
		List<Header> headers = new ArrayList<>();
		collect(schema, List.of(), headers);
		Set<String> names = new HashSet<>();
		for (Header header : headers) {
			if (!names.add(header.name().toLowerCase(Locale.ROOT))) {
				throw new IllegalArgumentException("the header '" + header.name() + "' is used twice");
			}
		}
		return (headers.isEmpty()) ? NONE : new ParamHeaders(List.copyOf(headers));
	}

	static boolean isToken(String text) {
		return TOKEN.matcher(text).matches();
	}

	/**
	 * Only properties reached by names alone can have a header; elsewhere in a schema an
	 * annotation means nothing.
	 */
	private static void collect(@Nullable Object schema, List<String> path, List<Header> headers) {
		if (!(schema instanceof Map<?, ?> map) || !(map.get("properties") instanceof Map<?, ?> properties)) {
			return;
		}
		properties.forEach((name, property) -> {
			List<String> propertyPath = new ArrayList<>(path);
			propertyPath.add(String.valueOf(name));
			if (property instanceof Map<?, ?> propertySchema) {
				if (propertySchema.containsKey(ANNOTATION)) {
					headers.add(header(propertySchema, List.copyOf(propertyPath)));
				}
				collect(propertySchema, propertyPath, headers);
			}
		});
	}

	private static Header header(Map<?, ?> property, List<String> path) {
		if (!(property.get(ANNOTATION) instanceof String name) || !isToken(name)) {
			throw new IllegalArgumentException(
					"x-mcp-header of '" + String.join(".", path) + "' must be an HTTP token such as \"Region\"");
		}
		if (!(property.get("type") instanceof String type) || !TYPES.contains(type)) {
			throw new IllegalArgumentException("x-mcp-header of '" + String.join(".", path)
					+ "' needs a property of type string, integer or boolean");
		}
		return new Header(PREFIX + name, path);
	}

	/**
	 * One argument with its header.
	 *
	 * @param name the name of the header
	 * @param path where the argument stands
	 */
	record Header(String name, List<String> path) {

		/**
		 * Return the value of the argument.
		 */
		@Nullable Object valueIn(Map<String, Object> arguments) {
			Object value = arguments;
			for (String step : this.path) {
				value = (value instanceof Map<?, ?> map) ? map.get(step) : null;
			}
			return value;
		}

		/**
		 * Return whether a decoded header says the same as the argument.
		 */
		boolean matches(String header, Object argument) {
			if (argument instanceof Number number) {
				return NUMBER.matcher(header).matches()
						&& new BigDecimal(header).compareTo(new BigDecimal(number.toString())) == 0;
			}
			return header.equals(String.valueOf(argument));
		}

	}

}
