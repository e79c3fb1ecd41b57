// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/**
 * Asks users whether a client may act for them. Says the client's name and where it is,
 * which Spring's own page does not, needs no script, and loads nothing from elsewhere.
 */
final class ConsentPage implements HandlerFunction<ServerResponse> {

	static final String PATH = "/oauth2/consent";

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>Allow access?</title>
			<link rel="stylesheet" href="/default-ui.css">
			<style>button:not(.primary) { background: #fff; border: 1px solid #999 }</style>
			</head>
			<body>
			<main class="content">
			<div class="login-form">
			<form method="post" action="/oauth2/authorize">
			<h2>Allow access?</h2>
			<p><strong>%1$s</strong> wants to act for <strong>%2$s</strong>.
			This is how it calls itself; nobody has checked it.</p>
			%3$s
			<p>The answer goes to <strong>%4$s</strong>.</p>
			%5$s
			%6$s
			<p><button type="submit" class="primary">Allow</button></p>
			</form>
			<form method="post" action="/oauth2/authorize">
			%5$s
			<p><button type="submit">Deny</button></p>
			</form>
			</div>
			</main>
			</body>
			</html>
			""";

	private static final String SCOPE = """
			<p><label><input type="checkbox" name="scope" value="%1$s" checked> %1$s</label></p>
			""";

	private static final String REQUEST = """
			<input type="hidden" name="client_id" value="%s">
			<input type="hidden" name="state" value="%s">
			""";

	private static final String PUBLISHED = """
			<p>It says who it is at <strong>%s</strong>.</p>
			""";

	private static final OAuth2TokenType STATE = new OAuth2TokenType(OAuth2ParameterNames.STATE);

	private final DevClients clients;

	private final OAuth2AuthorizationService authorizations;

	ConsentPage(DevClients clients, OAuth2AuthorizationService authorizations) {
		this.clients = clients;
		this.authorizations = authorizations;
	}

	@Override
	public ServerResponse handle(ServerRequest request) {
		String clientId = request.param(OAuth2ParameterNames.CLIENT_ID).orElse("");
		RegisteredClient client = this.clients.findByClientId(clientId);
		String state = request.param(OAuth2ParameterNames.STATE).orElse("");
		OAuth2Authorization authorization = (StringUtils.hasText(state)) ? this.authorizations.findByToken(state, STATE)
				: null;
		if (client == null || authorization == null) {
			return ServerResponse.status(HttpStatus.BAD_REQUEST)
				.body("Nobody waits for this any more: go back to the client, and sign in again from there.");
		}
		String user = request.principal().orElseThrow().getName();
		String scopes = Arrays.stream(request.param(OAuth2ParameterNames.SCOPE).orElse("").split(" "))
			.filter((scope) -> !scope.isEmpty())
			.map((scope) -> fill(SCOPE, scope))
			.collect(Collectors.joining());
		String name = HtmlUtils.htmlEscape(client.getClientName());
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_HTML)
			.body(PAGE.formatted(name, HtmlUtils.htmlEscape(user), published(client),
					HtmlUtils.htmlEscape(destination(client, authorization)), fill(REQUEST, clientId, state), scopes));
	}

	private static String published(RegisteredClient client) {
		String url = client.getClientSettings().getSetting(DevClients.PUBLISHED_AT);
		return (url != null) ? fill(PUBLISHED, url) : "";
	}

	/**
	 * What a client calls itself is up to it, but not where it is.
	 */
	private static String destination(RegisteredClient client, OAuth2Authorization authorization) {
		OAuth2AuthorizationRequest asked = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
		String redirect = (asked != null) ? asked.getRedirectUri() : null;
		return RedirectUris.destination((redirect != null) ? redirect : client.getRedirectUris().iterator().next());
	}

	private static String fill(String template, String... texts) {
		return template.formatted(Arrays.stream(texts).map(HtmlUtils::htmlEscape).toArray());
	}

}
