// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mcpremote.test.TestRun.Channel;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The secrets that tests use, of which nothing may be found in what the server writes.
 * Most are noted where test support makes or sends them.
 */
public final class UsedSecrets {

	/**
	 * Less is found by chance.
	 */
	private static final int MIN_LENGTH = 8;

	private static final int MIN_LETTERS = 6;

	private static final String API_KEY = "mcpk_";

	private static final Pattern CONFIGURED = Pattern
		.compile("(.*(?:secret|password|private-key|request-state\\.keys))(?:\\[\\d+])?=(.*)");

	private static final Pattern CREDENTIAL = Pattern.compile("[\\w.~+/=-]+");

	private static final Pattern STATE = Pattern.compile("\"requestState\":\"([^\"]+)\"");

	private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

	private UsedSecrets() {
	}

	/**
	 * Note a secret.
	 * @return the secret
	 */
	public static String add(Kind kind, String secret) {
		if (!isDistinct(secret)) {
			throw new IllegalArgumentException("'" + secret + "' would be found by chance: make it longer");
		}
		note(kind, secret);
		return secret;
	}

	/**
	 * Note what is secret of the headers of a request, names and values in turn.
	 */
	public static void sent(String... headers) {
		for (int i = 0; i + 1 < headers.length; i += 2) {
			String value = headers[i + 1];
			switch (headers[i].toLowerCase(Locale.ROOT)) {
				case "authorization" -> credential(value.substring(value.indexOf(' ') + 1).strip());
				case "dpop" -> found(Kind.PROOF, value);
				case "mcp-session-id" -> found(Kind.SESSION, value);
				default -> {
					// No secret
				}
			}
		}
	}

	/**
	 * Note what is secret of an answer.
	 */
	static void received(HttpHeaders headers, String body) {
		headers.firstValue("Mcp-Session-Id").ifPresent((id) -> found(Kind.SESSION, id));
		Matcher state = STATE.matcher(body);
		while (state.find()) {
			found(Kind.REQUEST_STATE, state.group(1));
		}
	}

	/**
	 * Note what is secret of a property, which is written as {@code key=value}.
	 */
	static void configured(String property) {
		Matcher matcher = CONFIGURED.matcher(property);
		if (matcher.matches()) {
			Kind kind = (matcher.group(1).endsWith("client-secret")) ? Kind.CLIENT_SECRET : Kind.CONFIGURED_KEY;
			for (String value : matcher.group(2).split(",")) {
				found(kind, value.strip());
			}
		}
	}

	/**
	 * Note what is secret of the properties of a test.
	 */
	static void configured(ConfigurableEnvironment environment) {
		environment.getPropertySources().forEach((source) -> {
			if (source instanceof MapPropertySource map && source.getClass() == MapPropertySource.class) {
				map.getSource().forEach((name, value) -> configured(name + "=" + value));
			}
		});
	}

	private static void credential(String token) {
		if (token.startsWith(API_KEY)) {
			// What comes before is no secret
			found(Kind.API_KEY, token.substring(token.lastIndexOf('_') + 1));
		}
		else {
			found((token.startsWith("eyJ")) ? Kind.ACCESS_TOKEN : Kind.OPAQUE_TOKEN, token);
		}
	}

	/**
	 * Note something that is a secret if it looks like one: tests use much that does not.
	 */
	public static void found(Kind kind, String secret) {
		if (secret.length() >= 2 * MIN_LENGTH && CREDENTIAL.matcher(secret).matches() && isDistinct(secret)) {
			note(kind, secret);
		}
	}

	private static boolean isDistinct(String secret) {
		return secret.length() >= MIN_LENGTH && secret.chars().distinct().count() >= MIN_LETTERS;
	}

	private static void note(Kind kind, String secret) {
		if (TestRun.isKept() && KNOWN.add(kind + secret)) {
			TestRun.keep(Channel.SECRETS, kind + "\t" + TestRunListener.current() + '\t'
					+ Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
		}
	}

	/**
	 * What is secret.
	 */
	public enum Kind {

		/**
		 * A JWT.
		 */
		ACCESS_TOKEN,

		/**
		 * A token about which its issuer is asked.
		 */
		OPAQUE_TOKEN,

		/**
		 * What is secret of an API key.
		 */
		API_KEY,

		/**
		 * What this server, or another client, shows to an authorization server.
		 */
		CLIENT_SECRET,

		/**
		 * A key or password that is configured.
		 */
		CONFIGURED_KEY,

		/**
		 * The private half of a key.
		 */
		PRIVATE_KEY,

		/**
		 * A proof of possession.
		 */
		PROOF,

		/**
		 * The id of a session, which is in headers.
		 */
		SESSION,

		/**
		 * The state of a call that goes on in another request, which is in answers.
		 */
		REQUEST_STATE,

		/**
		 * A sensitive argument, which tools may answer with.
		 */
		ARGUMENT,

		/**
		 * Not a secret: it is shown everywhere on purpose and has to be found.
		 */
		PLANTED;

		/**
		 * Return whether clients may be answered with it.
		 */
		public boolean isAnswered() {
			return this == SESSION || this == REQUEST_STATE || this == ARGUMENT;
		}

	}

}
