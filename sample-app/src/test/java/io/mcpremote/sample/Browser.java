// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * A browser with somebody in front of it who signs in where asked to, with a password
 * that is the name, and consents to everything.
 */
final class Browser {

	private static final int MAX_STEPS = 8;

	private static final Pattern FORM = Pattern.compile("<form[^>]*>");

	private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

	private final Http http = Http.withCookies();

	private final String user;

	private boolean asked;

	Browser(String user) {
		this.user = user;
	}

	/**
	 * Open a page and go on until sent back to a client.
	 * @param uri the page
	 * @param redirectUri where the client is
	 * @return what the client is told
	 */
	Map<String, String> open(String uri, String redirectUri) {
		URI current = URI.create(uri);
		HttpResponse<String> page = this.http.send(Http.request(uri, "Accept", "text/html"));
		for (int step = 0; step < MAX_STEPS; step++) {
			if (page.statusCode() == 302) {
				current = current.resolve(page.headers().firstValue("Location").orElseThrow());
				if (current.toString().startsWith(redirectUri)) {
					return Http.parameters(current);
				}
				page = this.http.send(Http.request(current.toString(), "Accept", "text/html"));
			}
			else if (page.statusCode() == 200 && FORM.matcher(page.body()).find()) {
				current = current.resolve(attribute(find(FORM, page.body()).get(0), "action"));
				page = this.http.send(Http.form(Http.request(current.toString(), "Accept", "text/html"),
						fillIn(find(INPUT, page.body()))));
			}
			else {
				throw new IllegalStateException("Stuck at " + current + " with " + page.statusCode());
			}
		}
		throw new IllegalStateException("Sent around in circles, the last time to " + current);
	}

	/**
	 * Return whether somebody had to consent.
	 */
	boolean wasAsked() {
		return this.asked;
	}

	private Map<String, Object> fillIn(List<String> inputs) {
		Map<String, Object> fields = new HashMap<>();
		List<String> scopes = new ArrayList<>();
		for (String input : inputs) {
			switch (attribute(input, "type")) {
				case "hidden" -> fields.put(attribute(input, "name"), attribute(input, "value"));
				case "text", "password" -> fields.put(attribute(input, "name"), this.user);
				case "checkbox" -> scopes.add(attribute(input, "value"));
				default -> {
				}
			}
		}
		if (!scopes.isEmpty()) {
			this.asked = true;
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
