// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How clients get tokens.
 *
 * @param origin of the authorization server
 * @param resource what they are for
 */
record Tokens(String origin, String resource) {

	static final String ALL_SCOPES = "read:projects write:projects read:contacts write:reports";

	String agent(String scopes) {
		return accessToken(agentResponse(Map.of("scope", scopes, "resource", this.resource)));
	}

	HttpResponse<String> agentResponse(Map<String, String> parameters) {
		return Http.post(this.origin + "/oauth2/token", with(parameters, "grant_type", "client_credentials"),
				"Authorization", Http.basic("demo-agent", "demo-secret"));
	}

	/**
	 * Return the token of a user who has signed in.
	 */
	String user(String name) {
		return user(new Browser(name), "demo-cli", "http://127.0.0.1:54321/callback");
	}

	String user(Browser browser, String clientId, String redirectUri) {
		return user(browser, clientId, redirectUri, Map.of("resource", this.resource));
	}

	/**
	 * Return the token of a user who has signed in.
	 * @param parameters what the client says besides when it has the code and asks for
	 * the token
	 */
	String user(Browser browser, String clientId, String redirectUri, Map<String, String> parameters) {
		String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
		Map<String, String> answer = browser.open(authorizationUrl(clientId, redirectUri, challenge(verifier)),
				redirectUri);
		assertThat(answer).containsEntry("state", "xyz").containsKey("code");
		Map<String, String> request = new HashMap<>(parameters);
		request.putAll(Map.of("grant_type", "authorization_code", "client_id", clientId, "code", answer.get("code"),
				"redirect_uri", redirectUri, "code_verifier", verifier));
		return accessToken(Http.post(this.origin + "/oauth2/token", request));
	}

	String authorizationUrl(String clientId, String redirectUri, String challenge) {
		return this.origin + "/oauth2/authorize?"
				+ Http.encode(Map.of("response_type", "code", "client_id", clientId, "redirect_uri", redirectUri,
						"scope", ALL_SCOPES, "state", "xyz", "code_challenge", challenge, "code_challenge_method",
						"S256", "resource", this.resource));
	}

	static String accessToken(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return Http.json(response).get("access_token").asString();
	}

	private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
		Map<String, String> all = new HashMap<>(parameters);
		all.put(name, value);
		return all;
	}

	private static String challenge(String verifier) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
