// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * A browser with somebody in front of it who signs in where asked to, and consents to
 * some scopes.
 */
final class Browser {

	private static final int MAX_STEPS = 10;

	private static final Pattern FORM = Pattern.compile("<form[^>]*>");

	private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

	private final Http http = Http.withCookies();

	private final String user;

	private final Predicate<String> consents;

	Browser(String user, Predicate<String> consents) {
		this.user = user;
		this.consents = consents;
	}

	/**
	 * Open a page and go on until sent back to a client.
	 * @param uri the page
	 * @param redirectUri where the client is
	 * @return what the client is told
	 */
	Map<String, String> open(String uri, String redirectUri) {
		URI current = URI.create(uri);
		HttpResponse<String> page = this.http.exchange(Http.request(uri, "Accept", "text/html"));
		for (int step = 0; step < MAX_STEPS; step++) {
			if (page.statusCode() == 302) {
				current = current.resolve(Http.header(page, "Location"));
				if (current.toString().startsWith(redirectUri)) {
					return Http.parameters(current);
				}
				page = this.http.exchange(Http.request(current.toString(), "Accept", "text/html"));
			}
			else if (page.statusCode() == 200 && FORM.matcher(page.body()).find()) {
				current = current.resolve(attribute(find(FORM, page.body()).get(0), "action"));
				page = this.http.exchange(Http.form(Http.request(current.toString(), "Accept", "text/html"),
						fillIn(find(INPUT, page.body()))));
			}
			else {
				throw new IllegalStateException("Stuck at " + current + " with " + page.statusCode());
			}
		}
		throw new IllegalStateException("Sent around in circles, the last time to " + current);
	}

	private Map<String, Object> fillIn(List<String> inputs) {
		Map<String, Object> fields = new HashMap<>();
		List<String> scopes = new ArrayList<>();
		for (String input : inputs) {
			String name = attribute(input, "name");
			String value = attribute(input, "value");
			switch (attribute(input, "type")) {
				case "hidden" -> fields.put(name, value);
				case "text", "password" -> fields.put(name, this.user);
				case "checkbox" -> {
					// Those consented to before have no value
					if (!value.isEmpty() && this.consents.test(value)) {
						scopes.add(value);
					}
				}
				default -> {
				}
			}
		}
		if (!scopes.isEmpty()) {
			fields.put("scope", scopes);
		}
		return fields;
	}

	private static List<String> find(Pattern pattern, String html) {
		return pattern.matcher(html).results().map((match) -> match.group()).toList();
	}

	private static String attribute(String tag, String name) {
		Matcher matcher = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
		return (matcher.find()) ? HtmlUtils.htmlUnescape(matcher.group(1)) : "";
	}

}
