// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import io.mcpremote.audit.UriVariables.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a URI what must not be on record: the variables of its template, and what
 * stands in its query, are as good as arguments.
 */
final class UriText {

	private static final int MAX_READ = 4 * Shown.MAX_URI;

	private final NameRules rules;

	private final Mode mode;

	private final RedactorChain redactors;

	/**
	 * Create an instance.
	 * @param rules tell by the names of variables and parameters which of them are secret
	 * @param mode what is recorded of arguments
	 * @param redactors are asked about values that are left
	 */
	UriText(NameRules rules, Mode mode, RedactorChain redactors) {
		this.rules = rules;
		this.mode = mode;
		this.redactors = redactors;
	}

	/**
	 * Return a URI without secrets.
	 * @param uri the URI
	 * @param entry the resource or template that it belongs to, if there is one
	 */
	String of(String uri, @Nullable String entry) {
		if (this.mode != Mode.REDACTED) {
			// What nobody has listed may be a value from its first character
			return SecretText.of((entry != null) ? entry : scheme(uri), Shown.MAX_URI);
		}
		if (entry == null || entry.equals(uri) || entry.indexOf('{') < 0) {
			return plain(uri);
		}
		List<Variable> variables = (uri.length() <= MAX_READ) ? UriVariables.of(entry, uri) : null;
		if (variables == null) {
			// Which part is which variable cannot be told
			return (this.redactors.isEmpty() && !hasSecrets(entry)) ? plain(uri) : SecretText.of(entry, Shown.MAX_URI);
		}
		StringBuilder out = new StringBuilder(uri.length());
		int done = 0;
		for (Variable variable : variables) {
			out.append(uri, done, variable.from())
				.append(value(variable.name(), uri.substring(variable.from(), variable.to())));
			done = variable.to();
		}
		return plain(out.append(uri, done, uri.length()).toString());
	}

	private String plain(String uri) {
		String read = (uri.length() <= MAX_READ) ? uri : uri.substring(0, MAX_READ);
		int query = queryStart(read);
		StringBuilder out = new StringBuilder(read.length());
		path(read.substring(0, query), out);
		int start = query;
		while (start < read.length()) {
			int end = next(read, start + 1);
			parameter(read, start, end, out);
			start = end;
		}
		return SecretText.of(out.toString(), Shown.MAX_URI);
	}

	private static void path(String path, StringBuilder out) {
		int start = 0;
		while (start <= path.length()) {
			int slash = path.indexOf('/', start);
			int end = (slash >= 0) ? slash : path.length();
			String segment = path.substring(start, end);
			out.append((PercentText.isSecret(segment)) ? SecretText.MASK : segment);
			if (slash >= 0) {
				out.append('/');
			}
			start = end + 1;
		}
	}

	private void parameter(String uri, int start, int end, StringBuilder out) {
		int equals = uri.indexOf('=', start);
		boolean named = equals >= 0 && equals < end;
		int value = (named) ? equals + 1 : start + 1;
		String name = (named) ? PercentText.decoded(uri.substring(start + 1, equals)) : "";
		out.append(uri, start, value).append(value(name, uri.substring(value, end)));
	}

	private String value(String name, String value) {
		if (this.rules.everything() || (!name.isEmpty() && this.rules.isSecretName(name))) {
			return SecretText.MASK;
		}
		String decoded = PercentText.decoded(value.replace('+', ' '));
		if (!decoded.equals(value) && SecretText.isSecret(decoded)) {
			return SecretText.MASK;
		}
		String redacted = this.redactors.redacted(name, decoded);
		return (redacted.equals(decoded)) ? value : redacted;
	}

	private boolean hasSecrets(String template) {
		for (int i = template.indexOf('{'); i >= 0; i = template.indexOf('{', i + 1)) {
			int end = template.indexOf('}', i);
			if (end > 0 && this.rules.isSecretName(template.substring(i + 1, end))) {
				return true;
			}
		}
		return this.rules.everything();
	}

	private static String scheme(String uri) {
		int colon = uri.indexOf(':');
		return ((colon > 0 && colon <= Shown.MAX_NAME) ? uri.substring(0, colon + 1) : "") + SecretText.MASK;
	}

	private static int queryStart(String uri) {
		for (int i = 0; i < uri.length(); i++) {
			if (uri.charAt(i) == '?' || uri.charAt(i) == '#') {
				return i;
			}
		}
		return uri.length();
	}

	private static int next(String uri, int from) {
		for (int i = from; i < uri.length(); i++) {
			if ("&;#?".indexOf(uri.charAt(i)) >= 0) {
				return i;
			}
		}
		return uri.length();
	}

}
