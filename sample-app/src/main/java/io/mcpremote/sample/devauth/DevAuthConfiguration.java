// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.List;
import java.util.stream.Stream;

import io.mcpremote.input.GuardedRequestFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An authorization server as MCP clients expect one, for development.
 */
@Configuration(proxyBeanMethods = false)
@Profile("dev-auth & !keycloak & !stdio")
@EnableConfigurationProperties(DevAuthProperties.class)
class DevAuthConfiguration {

	private static final RequestMatcher PATHS = new OrRequestMatcher(
			Stream.of("/oauth2/**", "/.well-known/oauth-authorization-server", "/login", "/default-ui.css")
				.map((path) -> (RequestMatcher) PathPatternRequestMatcher.withDefaults().matcher(path))
				.toList());

	DevAuthConfiguration(Environment environment) {
		DevAuthPlace.check(environment);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain strangers() {
		return Strangers.refuse(PATHS);
	}

	@Bean
	SecurityFilterChain authorizationServer(HttpSecurity http) {
		http.securityMatcher(PATHS);
		http.oauth2AuthorizationServer((server) -> server
			.authorizationEndpoint((endpoint) -> endpoint.consentPage(ConsentPage.PATH)
				.authorizationRequestConverter(new AuthorizationRequests())
				.authenticationProviders(AuthorizationRequests::configure))
			.clientRegistrationEndpoint((endpoint) -> endpoint.openRegistrationAllowed(true)
				.authenticationProviders(OpenRegistration::configure))
			.authorizationServerMetadataEndpoint((endpoint) -> endpoint
				.authorizationServerMetadataCustomizer((metadata) -> metadata.tokenEndpointAuthenticationMethod("none")
					.scopes((scopes) -> scopes.addAll(DevClients.SCOPES))
					.claim("client_id_metadata_document_supported", true))));
		http.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.POST, "/oauth2/register")
			.permitAll()
			.anyRequest()
			.authenticated());
		http.formLogin(Customizer.withDefaults());
		http.exceptionHandling((exceptions) -> exceptions.defaultAuthenticationEntryPointFor(
				new LoginUrlAuthenticationEntryPoint("/login"),
				PathPatternRequestMatcher.withDefaults().matcher("/oauth2/authorize")));
		http.cors((cors) -> cors.configurationSource((request) -> localPages()));
		return http.build();
	}

	/**
	 * Pages of this machine, such as the MCP Inspector's, are clients as well.
	 */
	private static CorsConfiguration localPages() {
		CorsConfiguration cors = new CorsConfiguration();
		cors.setAllowedOriginPatterns(List.of("http://localhost:[*]", "http://127.0.0.1:[*]"));
		cors.setAllowedMethods(List.of("GET", "POST"));
		cors.setAllowedHeaders(List.of("*"));
		return cors;
	}

	/**
	 * Everybody knows the passwords: not worth any time.
	 */
	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder(4);
	}

	@Bean
	UserDetailsService accounts(DevAuthProperties properties, PasswordEncoder passwords) {
		return new InMemoryUserDetailsManager(properties.accounts()
			.entrySet()
			.stream()
			.map((entry) -> user(entry.getKey(), entry.getValue(), passwords))
			.toList());
	}

	private static UserDetails user(String name, DevAuthProperties.Account account, PasswordEncoder passwords) {
		return User.withUsername(name)
			.password(passwords.encode(account.password()))
			.authorities(Stream
				.concat(account.scopes().stream().map((scope) -> "SCOPE_" + scope),
						account.roles().stream().map((role) -> "ROLE_" + role))
				.toArray(String[]::new))
			.build();
	}

	@Bean
	DevClients clients(PasswordEncoder passwords, GuardedRequestFactory requests) {
		return new DevClients(passwords, new ClientMetadataDocuments(requests));
	}

	@Bean
	OAuth2AuthorizationService authorizations() {
		return new InMemoryOAuth2AuthorizationService();
	}

	@Bean
	RouterFunction<ServerResponse> consent(DevClients clients, OAuth2AuthorizationService authorizations) {
		return RouterFunctions.route().GET(ConsentPage.PATH, new ConsentPage(clients, authorizations)).build();
	}

	@Bean
	AccessTokens accessTokens(DevAuthProperties properties, @Value("${mcp.remote.public-url}") String resource) {
		return new AccessTokens(properties.accounts(), resource);
	}

}
