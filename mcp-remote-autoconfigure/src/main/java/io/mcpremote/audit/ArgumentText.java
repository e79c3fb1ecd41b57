// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.McpCall;
import org.jspecify.annotations.Nullable;

/**
 * Writes the arguments of one call as JSON without what is secret, in one pass that ends
 * when enough has been written.
 */
final class ArgumentText {

	static final int MAX_DEPTH = 20;

	private static final int MAX_TEXT = 1024;

	private static final int LEAST_TEXT = 16;

	/**
	 * How many members are looked at for one that names the value of another.
	 */
	private static final int MAX_PAIR = 64;

	private static final int MAX_NAME = 128;

	private static final String MASKED = "\"" + SecretText.MASK + "\"";

	/**
	 * Stands for what would have been too much.
	 */
	private static final String CUT = "\u2026";

	private final StringBuilder out = new StringBuilder(128);

	private final String[] path = new String[MAX_DEPTH + 1];

	private final NameRules rules;

	private final RedactorChain redactors;

	private final int max;

	ArgumentText(McpCall call, NameRules rules, List<Redactor> redactors, int max) {
		this.rules = rules;
		this.redactors = new RedactorChain(call, redactors);
		this.max = max;
	}

	/**
	 * Return arguments as JSON.
	 */
	String of(Map<?, ?> arguments) {
		if (this.rules.everything()) {
			return arguments.isEmpty() ? "{}" : "{\"" + CUT + "\":" + MASKED + "}";
		}
		object(arguments, 0, 0);
		return this.out.toString();
	}

	/**
	 * Return the names of arguments as JSON.
	 */
	String names(Map<?, ?> arguments) {
		this.out.append('[');
		for (Object name : arguments.keySet()) {
			separate('[');
			if (isFull()) {
				this.out.append('"').append(CUT).append('"');
				break;
			}
			quote(SecretText.of(String.valueOf(name), MAX_NAME));
		}
		return this.out.append(']').toString();
	}

	private void object(Map<?, ?> object, int depth, int level) {
		boolean described = describesSecret(object);
		this.out.append('{');
		for (Map.Entry<?, ?> member : object.entrySet()) {
			separate('{');
			if (isFull()) {
				this.out.append('"').append(CUT).append("\":\"").append(object.size()).append(" members\"");
				break;
			}
			String name = String.valueOf(member.getKey());
			quote(SecretText.of(name, MAX_NAME));
			this.out.append(':');
			this.path[depth] = name;
			boolean number = member.getValue() instanceof Number;
			if (this.rules.isSecret(this.path, depth + 1, number) || (described && "value".equalsIgnoreCase(name))) {
				this.out.append((member.getValue() != null) ? MASKED : "null");
			}
			else {
				value(member.getValue(), depth + 1, level + 1);
			}
		}
		this.out.append('}');
	}

	/**
	 * Return whether an object says by its other members that its value is secret, as
	 * those of lists of headers or variables do.
	 */
	private boolean describesSecret(Map<?, ?> object) {
		int read = 0;
		for (Map.Entry<?, ?> member : object.entrySet()) {
			if (member.getKey() instanceof String name && isNaming(name) && isSecretText(member.getValue())) {
				return true;
			}
			if (++read == MAX_PAIR) {
				break;
			}
		}
		return false;
	}

	private static boolean isNaming(String name) {
		return "name".equalsIgnoreCase(name) || "key".equalsIgnoreCase(name);
	}

	private boolean isSecretText(@Nullable Object name) {
		return name instanceof String text && this.rules.isSecretName(text);
	}

	private void value(@Nullable Object value, int depth, int level) {
		if (value instanceof String text) {
			quote(redacted(text, depth));
		}
		else if (value == null || value instanceof Boolean) {
			this.out.append(value);
		}
		else if (value instanceof Number number) {
			number(number, depth);
		}
		else if (level >= MAX_DEPTH) {
			this.out.append('"').append(CUT).append('"');
		}
		else if (value instanceof Map<?, ?> object) {
			object(object, depth, level);
		}
		else if (value instanceof Collection<?> list) {
			list(list, depth, level);
		}
		else {
			quote(redacted(String.valueOf(value), depth));
		}
	}

	private void list(Collection<?> list, int depth, int level) {
		this.out.append('[');
		boolean secret = false;
		for (Object element : list) {
			separate('[');
			if (isFull()) {
				this.out.append('"').append(CUT).append(' ').append(list.size()).append(" elements\"");
				break;
			}
			if (secret) {
				this.out.append(MASKED);
			}
			else {
				value(element, depth, level + 1);
			}
			// The value of an option of a command follows it
			secret = element instanceof String text && text.startsWith("-") && text.indexOf('=') < 0
					&& this.rules.isSecretName(text);
		}
		this.out.append(']');
	}

	private void number(Number number, int depth) {
		String text = NumberText.of(number);
		String redacted = (NumberText.isSmall(number) && this.redactors.isEmpty()) ? text : redacted(text, depth);
		if (text.equals(redacted) && NumberText.isJson(number)) {
			this.out.append(number);
		}
		else {
			quote(redacted);
		}
	}

	private String redacted(String text, int depth) {
		String redacted = SecretText.of(text, Math.max(LEAST_TEXT, Math.min(MAX_TEXT, this.max - this.out.length())));
		return (this.redactors.isEmpty()) ? redacted
				: this.redactors.redacted(String.join(".", Arrays.asList(this.path).subList(0, depth)), redacted);
	}

	private boolean isFull() {
		return this.out.length() >= this.max;
	}

	private void separate(char begin) {
		if (this.out.charAt(this.out.length() - 1) != begin) {
			this.out.append(',');
		}
	}

	private void quote(String text) {
		JsonText.quote(this.out, text);
	}

}
