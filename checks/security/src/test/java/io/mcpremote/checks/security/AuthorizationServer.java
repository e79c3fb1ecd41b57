// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import tools.jackson.databind.JsonNode;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The authorization server of all tests, and how tokens are got from it.
 */
final class AuthorizationServer {

	private static final ConfigurableApplicationContext SERVER = AuthorizationServerApplication.start(0);

	private AuthorizationServer() {
	}

	static String uri() {
		return AuthorizationServerApplication.issuer(SERVER);
	}

	/**
	 * Return a token for a client that acts for itself.
	 */
	static String machineToken(String resource, String... scopes) {
		Map<String, Object> form = new LinkedHashMap<>();
		form.put("grant_type", "client_credentials");
		form.put("scope", String.join(" ", scopes));
		if (resource != null) {
			form.put("resource", resource);
		}
		return accessToken(token(form));
	}

	/**
	 * Ask for a token as the client that acts for itself.
	 */
	static HttpResponse<String> token(Map<String, ?> form, String... headers) {
		String client = AuthorizationServerApplication.MACHINE_CLIENT;
		String credentials = Base64.getEncoder().encodeToString((client + ":" + client).getBytes());
		return Http.send(Http.form(Http.request(uri() + "/oauth2/token", headers), form)
			.header("Authorization", "Basic " + credentials));
	}

	/**
	 * Return a token for a user, who has signed in.
	 */
	static String userToken(String user, String resource, String... scopes) {
		return accessToken(authorize(AuthorizationServerApplication.PUBLIC_CLIENT, new Browser(user, (scope) -> true),
				resource, scopes));
	}

	/**
	 * Have a user sign in, and turn the code that comes back into a token.
	 */
	static HttpResponse<String> authorize(String clientId, Browser browser, String resource, String... scopes) {
		String redirectUri = AuthorizationServerApplication.REDIRECT_URI.replace("127.0.0.1", "127.0.0.1:54321");
		String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
		String state = UUID.randomUUID().toString();
		Map<String, String> answer = browser.open(
				uri() + "/oauth2/authorize?"
						+ Http.encode(Map.of("response_type", "code", "client_id", clientId, "redirect_uri",
								redirectUri, "scope", String.join(" ", scopes), "state", state, "code_challenge",
								challenge(verifier), "code_challenge_method", "S256", "resource", resource)),
				redirectUri);
		assertThat(answer).containsEntry("state", state).containsKey("code");
		return Http.post(uri() + "/oauth2/token",
				Map.of("grant_type", "authorization_code", "client_id", clientId, "code", answer.get("code"),
						"redirect_uri", redirectUri, "code_verifier", verifier, "resource", resource));
	}

	static String accessToken(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return Secrets.remember(Http.json(response).get("access_token").asString());
	}

	/**
	 * Register a client as one that is started for the first time does.
	 * @return its id
	 */
	static String register(JsonNode metadata) {
		HttpResponse<String> response = Http.postJson(metadata.get("registration_endpoint").asString(),
				Map.of("client_name", "test-client", "redirect_uris",
						List.of(AuthorizationServerApplication.REDIRECT_URI), "token_endpoint_auth_method", "none",
						"grant_types", List.of("authorization_code"), "response_types", List.of("code")));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		return Http.json(response).get("client_id").asString();
	}

	/**
	 * Sign a token as the server would never do.
	 * @param resource its audience
	 * @param changes makes it wrong
	 */
	static String wrongToken(String resource, Consumer<JwtClaimsSet.Builder> changes) {
		return sign(new NimbusJwtEncoder(keys()), SignatureAlgorithm.RS256, key().getKeyID(), resource, changes);
	}

	static String sign(NimbusJwtEncoder encoder, SignatureAlgorithm algorithm, String keyId, String resource,
			Consumer<JwtClaimsSet.Builder> changes) {
		JwtClaimsSet.Builder claims = claims(resource);
		changes.accept(claims);
		JwsHeader header = JwsHeader.with(algorithm).keyId(keyId).build();
		return Secrets.remember(encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue());
	}

	static JwtClaimsSet.Builder claims(String resource) {
		Instant now = Instant.now();
		return JwtClaimsSet.builder()
			.issuer(uri())
			.subject("mallory")
			.audience(List.of(resource))
			.issuedAt(now)
			.expiresAt(now.plusSeconds(300));
	}

	static RSAKey key() {
		try {
			return keys().get(new JWKSelector(new JWKMatcher.Builder().build()), null).get(0).toRSAKey();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static JWKSource<SecurityContext> keys() {
		return SERVER.getBean(JWKSource.class);
	}

	private static String challenge(String verifier) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
