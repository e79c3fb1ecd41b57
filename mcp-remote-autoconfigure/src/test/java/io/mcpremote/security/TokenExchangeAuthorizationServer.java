// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.mcpremote.test.UsedSecrets;
import io.mcpremote.test.UsedSecrets.Kind;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring's authorization server, which counts what it is asked for. Users do not sign in:
 * their tokens are made here.
 */
final class TokenExchangeAuthorizationServer implements AutoCloseable {

	static final String CLIENT_ID = "mcp-server";

	static final String CLIENT_SECRET = UsedSecrets.add(Kind.CLIENT_SECRET, "s3cret-of-exchange");

	static final String AUDIENCE = "https://mcp.example.com/mcp";

	static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	private final ConfigurableApplicationContext context;

	private TokenExchangeAuthorizationServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TokenExchangeAuthorizationServer start() {
		return new TokenExchangeAuthorizationServer(
				new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
					.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
							"--mcp.remote.enabled=false", "--spring.ai.mcp.server.enabled=false"));
	}

	String issuer() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	String tokenUri() {
		return issuer() + "/oauth2/token";
	}

	JwtDecoder decoder() {
		return this.context.getBean(JwtDecoder.class);
	}

	int requests(AuthorizationGrantType grantType) {
		return this.context.getBean(Requests.class).of(grantType.getValue()).get();
	}

	/**
	 * Sign a token for the MCP server which the authorization server does not remember
	 * having issued.
	 */
	Jwt sign(String user) {
		Instant now = Instant.now();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.id(UUID.randomUUID().toString())
			.issuer(issuer())
			.subject(user)
			.audience(List.of(AUDIENCE))
			.claim("azp", "inspector")
			.issuedAt(now)
			.expiresAt(now.plus(Duration.ofHours(1)))
			.build();
		Jwt jwt = this.context.getBean(JwtEncoder.class).encode(JwtEncoderParameters.from(claims));
		UsedSecrets.add(Kind.ACCESS_TOKEN, jwt.getTokenValue());
		return jwt;
	}

	/**
	 * Issue a token for the MCP server.
	 */
	Jwt issue(String user) {
		Jwt jwt = sign(user);
		OAuth2AccessToken token = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, jwt.getTokenValue(),
				jwt.getIssuedAt(), jwt.getExpiresAt(), Set.of());
		RegisteredClient client = this.context.getBean(RegisteredClientRepository.class).findByClientId(CLIENT_ID);
		this.context.getBean(OAuth2AuthorizationService.class)
			.save(OAuth2Authorization.withRegisteredClient(client)
				.principalName(user)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.attribute(Principal.class.getName(),
						UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()))
				.token(token, (metadata) -> {
					metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, jwt.getClaims());
					metadata.put(OAuth2TokenFormat.class.getName(), OAuth2TokenFormat.SELF_CONTAINED.getValue());
				})
				.build());
		return jwt;
	}

	@Override
	public void close() {
		this.context.close();
	}

	static final class Requests {

		private final Map<String, AtomicInteger> byGrantType = new ConcurrentHashMap<>();

		AtomicInteger of(String grantType) {
			return this.byGrantType.computeIfAbsent(grantType, (type) -> new AtomicInteger());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSecurity
	static class Application {

		@Bean
		SecurityFilterChain authorizationServer(HttpSecurity http) {
			http.oauth2AuthorizationServer((server) -> http.securityMatcher(server.getEndpointsMatcher()));
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated()).build();
		}

		/**
		 * Tomcat does not ask filters about paths that no servlet has.
		 */
		@Bean
		Servlet everything() {
			return new HttpServlet() {

			};
		}

		@Bean
		Requests requests() {
			return new Requests();
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		Filter count(Requests requests) {
			return (request, response, chain) -> {
				String grantType = request.getParameter("grant_type");
				if (grantType != null) {
					requests.of(grantType).incrementAndGet();
				}
				chain.doFilter(request, response);
			};
		}

		@Bean
		RegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
				.clientId(CLIENT_ID)
				.clientSecret("{noop}" + CLIENT_SECRET)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
				.authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
				.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
				.scope("billing:read")
				.tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TIME_TO_LIVE).build())
				.build());
		}

		@Bean
		OAuth2AuthorizationService authorizations() {
			return new InMemoryOAuth2AuthorizationService();
		}

		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> audience() {
			return (context) -> {
				if (context.getAuthorizationGrant() instanceof OAuth2TokenExchangeAuthenticationToken exchange) {
					context.getClaims().audience(new ArrayList<>(exchange.getAudiences())).claim("azp", CLIENT_ID);
				}
			};
		}

		@Bean
		JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			var pair = generator.generateKeyPair();
			return new ImmutableJWKSet<>(new JWKSet(
					new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey((RSAPrivateKey) pair.getPrivate())
						.keyID("1")
						.build()));
		}

		@Bean
		JwtEncoder encoder(JWKSource<SecurityContext> keys) {
			return new NimbusJwtEncoder(keys);
		}

		@Bean
		JwtDecoder decoder(JWKSource<SecurityContext> keys) {
			return NimbusJwtDecoder.withJwkSource(keys).build();
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

	}

}
