// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.util.Set;
import java.util.stream.Stream;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * An authorization server as MCP clients expect one: they may register themselves, users
 * sign in and consent, and a token is for the resource it was asked for.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AuthorizationServerApplication {

	/**
	 * A client that users sign in with and need not consent to.
	 */
	public static final String PUBLIC_CLIENT = "public-client";

	/**
	 * A client that acts for itself. Its secret is the same word.
	 */
	public static final String MACHINE_CLIENT = "machine-client";

	/**
	 * Where the browser goes with a code, at whatever port.
	 */
	public static final String REDIRECT_URI = "http://127.0.0.1/callback";

	static final Set<String> SCOPES = Set.of("read:projects", "write:projects", "publish:projects", "admin:projects");

	/**
	 * Start the server.
	 * @param port its port on the loopback interface, 0 for any
	 * @return the running server
	 */
	public static ConfigurableApplicationContext start(int port) {
		// No MCP server, although everything for one is on the class path
		return new SpringApplicationBuilder(AuthorizationServerApplication.class)
			.properties("server.address=127.0.0.1", "server.port=" + port, "spring.main.banner-mode=off",
					"spring.ai.mcp.server.enabled=false")
			.run();
	}

	/**
	 * Return the identifier of a running server as an issuer.
	 * @param server the server
	 * @return its URL
	 */
	public static String issuer(ConfigurableApplicationContext server) {
		return "http://localhost:" + server.getEnvironment().getRequiredProperty("local.server.port");
	}

	@Bean
	@Order(1)
	SecurityFilterChain endpoints(HttpSecurity http) {
		http.oauth2AuthorizationServer((server) -> {
			http.securityMatcher(server.getEndpointsMatcher());
			server.clientRegistrationEndpoint((registration) -> registration.openRegistrationAllowed(true)
				.authenticationProviders(OpenRegistration::configure));
		});
		http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/oauth2/register").permitAll().anyRequest().authenticated());
		http.exceptionHandling(
				(exceptions) -> exceptions.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")));
		return http.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain login(HttpSecurity http) {
		// Whoever looks for metadata that is not there is to be told so
		http.authorizeHttpRequests((requests) -> requests.requestMatchers("/.well-known/**", "/error")
			.permitAll()
			.anyRequest()
			.authenticated());
		http.formLogin(Customizer.withDefaults());
		return http.build();
	}

	/**
	 * Not worth more effort: everybody's password is the name.
	 */
	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder(4);
	}

	@Bean
	UserDetailsService users(PasswordEncoder passwords) {
		return new InMemoryUserDetailsManager(Stream.of("alice", "bob")
			.map((name) -> User.withUsername(name).password(passwords.encode(name)).roles("USER").build())
			.toList());
	}

	@Bean
	RegisteredClientRepository clients(PasswordEncoder passwords) {
		RegisteredClient people = RegisteredClient.withId(PUBLIC_CLIENT)
			.clientId(PUBLIC_CLIENT)
			.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri(REDIRECT_URI)
			.scopes((scopes) -> scopes.addAll(SCOPES))
			.clientSettings(ClientSettings.builder().requireProofKey(true).build())
			.build();
		RegisteredClient machine = RegisteredClient.withId(MACHINE_CLIENT)
			.clientId(MACHINE_CLIENT)
			.clientSecret(passwords.encode(MACHINE_CLIENT))
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
			.scopes((scopes) -> scopes.addAll(SCOPES))
			.build();
		return new InMemoryRegisteredClientRepository(people, machine);
	}

	@Bean
	OAuth2TokenCustomizer<JwtEncodingContext> accessTokens() {
		return new ResourceAudience();
	}

}
