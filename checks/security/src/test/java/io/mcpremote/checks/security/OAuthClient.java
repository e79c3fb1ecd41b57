// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * A client that does what the specification tells clients to do, and no more: finds out
 * by itself where to get a token, asks for the scopes it is told of, and gives up when
 * that does not help.
 */
final class OAuthClient {

	/**
	 * How often the same call is tried with more scopes.
	 */
	static final int MAX_STEP_UPS = 3;

	private final McpServer server;

	private final String endpoint;

	private final Browser browser;

	private final boolean readsHeader;

	private final List<Set<String>> asked = new ArrayList<>();

	private final Set<String> granted = new LinkedHashSet<>();

	private String clientId;

	private String token;

	/**
	 * Create a client.
	 * @param server the server
	 * @param endpoint the URL that somebody has typed in
	 * @param user who signs in
	 * @param consents the scopes that the user consents to
	 * @param readsHeader whether it looks for the location of metadata in challenges, or
	 * at the well-known places only
	 */
	OAuthClient(McpServer server, String endpoint, String user, Predicate<String> consents, boolean readsHeader) {
		this.server = server;
		this.endpoint = endpoint;
		this.browser = new Browser(user, consents);
		this.readsHeader = readsHeader;
	}

	/**
	 * Call a tool and do what it takes.
	 */
	HttpResponse<String> callTool(String tool) {
		HttpResponse<String> response = this.server.callTool(this.token, tool);
		if (response.statusCode() == 401) {
			Challenge challenge = Challenge.of(response);
			authorize(challenge, challenge.scopes());
			response = this.server.callTool(this.token, tool);
		}
		for (int i = 0; i < MAX_STEP_UPS && response.statusCode() == 403; i++) {
			Challenge challenge = Challenge.of(response);
			if (!"insufficient_scope".equals(challenge.error())) {
				return response;
			}
			Set<String> scopes = new LinkedHashSet<>(this.granted);
			scopes.addAll(challenge.scopes());
			authorize(challenge, scopes);
			response = this.server.callTool(this.token, tool);
		}
		return response;
	}

	/**
	 * Return the scopes that the user was asked for, each time.
	 */
	List<Set<String>> asked() {
		return this.asked;
	}

	private void authorize(Challenge challenge, Set<String> challenged) {
		JsonNode resource = discover(challenge);
		if (!this.endpoint.equals(resource.get("resource").asString())) {
			throw new ResourceMismatchException(resource.get("resource").asString());
		}
		String issuer = resource.at("/authorization_servers/0").asString();
		JsonNode metadata = Http.json(Http.get(issuer + "/.well-known/oauth-authorization-server"));
		if (!issuer.equals(metadata.get("issuer").asString())
				|| !metadata.get("code_challenge_methods_supported").toString().contains("S256")) {
			throw new IllegalStateException("Not to be trusted: " + metadata);
		}
		if (this.clientId == null) {
			this.clientId = AuthorizationServer.register(metadata);
		}
		Set<String> scopes = (!challenged.isEmpty()) ? challenged : new LinkedHashSet<>(
				resource.get("scopes_supported").valueStream().map((scope) -> scope.asString()).toList());
		this.asked.add(scopes);
		HttpResponse<String> response = AuthorizationServer.authorize(this.clientId, this.browser, this.endpoint,
				scopes.toArray(String[]::new));
		this.token = AuthorizationServer.accessToken(response);
		this.granted.clear();
		this.granted.addAll(Arrays.asList(Http.json(response).path("scope").asString("").split(" ")));
	}

	private JsonNode discover(Challenge challenge) {
		List<String> locations = new ArrayList<>();
		if (this.readsHeader && challenge.metadata() != null) {
			locations.add(challenge.metadata());
		}
		else {
			String wellKnown = this.server.origin() + "/.well-known/oauth-protected-resource";
			locations.add(wellKnown + this.endpoint.substring(this.server.origin().length()));
			locations.add(wellKnown);
		}
		for (String location : locations) {
			HttpResponse<String> response = Http.get(location, "MCP-Protocol-Version", "2026-07-28");
			if (response.statusCode() == 200) {
				return Http.json(response);
			}
		}
		throw new IllegalStateException("No metadata at " + locations);
	}

	/**
	 * The metadata is that of another resource than the one the user wants to use.
	 */
	static final class ResourceMismatchException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ResourceMismatchException(String resource) {
			super(resource);
		}

	}

}
