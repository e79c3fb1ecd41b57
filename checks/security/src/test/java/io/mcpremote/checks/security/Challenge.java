// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@code WWW-Authenticate} header says, read by the letter of RFC 9110.
 *
 * @param scheme the scheme
 * @param parameters the parameters
 */
record Challenge(String scheme, Map<String, String> parameters) {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

	private static final Pattern SCHEME = Pattern.compile("(" + TOKEN + ") ");

	private static final Pattern PARAMETER = Pattern
		.compile("(" + TOKEN + ")=\"((?:[\\t \\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\\t -~])*)\"(?:, |$)");

	static Challenge of(HttpResponse<?> response) {
		List<String> headers = response.headers().allValues("WWW-Authenticate");
		assertThat(headers).hasSize(1);
		Matcher scheme = SCHEME.matcher(headers.get(0));
		assertThat(scheme.lookingAt()).as(headers.get(0)).isTrue();
		Map<String, String> parameters = new LinkedHashMap<>();
		Matcher parameter = PARAMETER.matcher(headers.get(0));
		int end = scheme.end();
		while (end < headers.get(0).length()) {
			assertThat(parameter.region(end, headers.get(0).length()).lookingAt()).as(headers.get(0)).isTrue();
			String value = parameter.group(2).replaceAll("\\\\(.)", "$1");
			assertThat(parameters.put(parameter.group(1), value)).as(headers.get(0)).isNull();
			end = parameter.end();
		}
		return new Challenge(scheme.group(1), parameters);
	}

	String error() {
		return this.parameters.get("error");
	}

	String metadata() {
		return this.parameters.get("resource_metadata");
	}

	Set<String> scopes() {
		return (this.parameters.containsKey("scope")) ? Set.of(this.parameters.get("scope").split(" ")) : Set.of();
	}

}
