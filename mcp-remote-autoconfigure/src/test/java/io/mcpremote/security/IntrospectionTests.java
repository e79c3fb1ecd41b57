// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.mcpremote.security.TokenExchangeService.Answer;
import io.mcpremote.security.TokenExchangeService.Received;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.SpringOpaqueTokenIntrospectorBuilderCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2TokenIntrospectionClaimAccessor;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Introspection is what Spring Boot's is: the same request, and as customized by the
 * application.
 */
@ExtendWith(OutputCaptureExtension.class)
class IntrospectionTests {

	private static final String AUDIENCE = "https://mcp.example.com/mcp";

	private final TokenExchangeService issuer = TokenExchangeService.answering(Answer.json(200, """
			{"active":true,"sub":"alice","aud":"%s","client_id":"inspector","scope":"read"}""".formatted(AUDIENCE)));

	@AfterEach
	void stop() {
		this.issuer.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { Tools.class, Customizer.class })
	void introspectWhenClientHasSpecialCharactersThenEncoded(Class<?> component) {
		try (RunningServer server = start("https://mcp.example.com", "a+b%c:d ü", component)) {
			assertThat(call(server, "a+b/c=").statusCode()).isEqualTo(200);
		}
		Received request = this.issuer.received.get(0);
		String credentials = new String(
				Base64.getDecoder().decode(request.authorization().substring("Basic ".length())),
				StandardCharsets.ISO_8859_1);
		assertThat(credentials).isEqualTo("https%3A%2F%2Fmcp.example.com:a%2Bb%25c%3Ad+%C3%BC");
		assertThat(request.body()).isEqualTo("token=a%2Bb%2Fc%3D");
	}

	@Test
	void introspectWhenCustomizedThenAsTheApplicationSays() {
		try (RunningServer server = start("server", "secret-of-introspection", Customizer.class)) {
			HttpResponse<String> response = call(server, "opaque-token-of-alice");
			assertThat(RunningServer.json(response).at("/result/content/0/text").asString())
				.isEqualTo("alice [ROLE_CUSTOM]");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Tools.class, Customizer.class })
	void introspectWhenNobodyAnswersThenUnavailable(Class<?> component) throws Exception {
		// Takes the connection and says nothing
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				RunningServer server = start("http://127.0.0.1:" + silent.getLocalPort(), "server",
						"secret-of-introspection", component)) {
			assertThat(call(server, "opaque-token-of-alice").statusCode()).isEqualTo(503);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Tools.class, Customizer.class })
	void introspectWhenServerRepeatsTokenThenNotLogged(Class<?> component, CapturedOutput output) {
		try (TokenExchangeService repeating = new TokenExchangeService(
				(request) -> Answer.json(500, "{\"error\":\"" + request.body() + " is more than I can bear\"}"));
				RunningServer server = start(repeating.uri("/introspect").toString(), "server",
						"secret-of-introspection", component)) {
			assertThat(call(server, "opaque-token-that-is-repeated").statusCode()).isEqualTo(503);
			assertThat(repeating.received).extracting(Received::body)
				.containsExactly("token=opaque-token-that-is-repeated");
		}
		assertThat(output).contains("Tokens cannot be verified").doesNotContain("opaque-token-that", "is-repeated");
	}

	private RunningServer start(String clientId, String clientSecret, Class<?> component) {
		return start(this.issuer.uri("/introspect").toString(), clientId, clientSecret, component);
	}

	private static RunningServer start(String uri, String clientId, String clientSecret, Class<?> component) {
		String opaque = "spring.security.oauth2.resourceserver.opaquetoken.";
		return RunningServer.secured(List.of(opaque + "introspection-uri=" + uri, opaque + "client-id=" + clientId,
				opaque + "client-secret=" + clientSecret, "mcp.remote.security.audiences=" + AUDIENCE,
				"mcp.remote.security.authorization-servers=https://auth.example.com"), Tools.class, component);
	}

	private static HttpResponse<String> call(RunningServer server, String token) {
		ModernRequest request = ModernRequest.callTool("whoami", Map.of());
		return server.send(server.request(request.body())
			.headers(request.headers())
			.header("Authorization", "Bearer " + token)
			.build());
	}

	static class Tools {

		@McpTool(name = "whoami", description = "Tells who calls")
		String whoami() {
			var authentication = SecurityContextHolder.getContext().getAuthentication();
			return authentication.getName() + " " + authentication.getAuthorities();
		}

	}

	static class Customizer {

		@Bean
		SpringOpaqueTokenIntrospectorBuilderCustomizer customizer() {
			return (builder) -> builder
				.postProcessor((introspector) -> introspector.setAuthenticationConverter(Customizer::principal));
		}

		private static OAuth2AuthenticatedPrincipal principal(OAuth2TokenIntrospectionClaimAccessor claims) {
			return new OAuth2IntrospectionAuthenticatedPrincipal(claims.getClaims(),
					AuthorityUtils.createAuthorityList("ROLE_CUSTOM"));
		}

	}

}
