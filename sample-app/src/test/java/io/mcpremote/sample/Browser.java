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
 * that is the name, and gives one answer when asked for consent. Runs no scripts.
 */
final class Browser {

	private static final int MAX_STEPS = 8;

	private static final Pattern FORM = Pattern.compile("<form.*?</form>", Pattern.DOTALL);

	private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

	private final Http http = Http.withCookies();

	private final String user;

	private final String answer;

	private String question = "";

	/**
	 * Create a browser of somebody who consents to everything.
	 */
	Browser(String user) {
		this(user, "Allow");
	}

	/**
	 * Create a browser.
	 * @param user who sits in front of it
	 * @param answer the button that they press when asked for consent
	 */
	Browser(String user, String answer) {
		this.user = user;
		this.answer = answer;
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
				String form = form(page.body());
				current = current.resolve(attribute(form, "action"));
				page = this.http.send(Http.form(Http.request(current.toString(), "Accept", "text/html"), fillIn(form)));
			}
			else {
				throw new IllegalStateException("Stuck at " + current + " with " + page.statusCode());
			}
		}
		throw new IllegalStateException("Sent around in circles, the last time to " + current);
	}

	/**
	 * Open a page and stay there.
	 */
	HttpResponse<String> get(String uri) {
		return this.http.send(Http.request(uri, "Accept", "text/html"));
	}

	/**
	 * Return whether somebody had to consent.
	 */
	boolean wasAsked() {
		return !this.question.isEmpty();
	}

	/**
	 * Return the page on which somebody had to consent.
	 */
	String question() {
		return this.question;
	}

	private String form(String page) {
		List<String> forms = find(FORM, page);
		if (forms.size() == 1) {
			return forms.get(0);
		}
		this.question = page;
		return forms.stream()
			.filter((form) -> form.contains(">" + this.answer + "</button>"))
			.findFirst()
			.orElseThrow();
	}

	private Map<String, Object> fillIn(String form) {
		Map<String, Object> fields = new HashMap<>();
		List<String> scopes = new ArrayList<>();
		for (String input : find(INPUT, form)) {
			switch (attribute(input, "type")) {
				case "hidden" -> fields.put(attribute(input, "name"), attribute(input, "value"));
				case "text", "password" -> fields.put(attribute(input, "name"), this.user);
				case "checkbox" -> scopes.add(attribute(input, "value"));
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
