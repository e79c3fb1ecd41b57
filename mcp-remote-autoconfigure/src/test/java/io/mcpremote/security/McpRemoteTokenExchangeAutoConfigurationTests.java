// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpremote.call.StartupException;
import io.mcpremote.security.TokenExchangeService.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

/**
 * Services are configured next to Spring Boot's own registrations.
 */
class McpRemoteTokenExchangeAutoConfigurationTests {

	private static final String REGISTRATION = "spring.security.oauth2.client.registration.billing.";

	private static final String PROVIDER = "spring.security.oauth2.client.provider.billing.";

	private static final String DOWNSTREAM = "mcp.remote.token-exchange.downstreams.billing.";

	private static final List<String> BILLING = List.of(REGISTRATION + "client-id=mcp-server",
			REGISTRATION + "client-secret=s3cret",
			REGISTRATION + "authorization-grant-type=urn:ietf:params:oauth:grant-type:token-exchange",
			PROVIDER + "token-uri=https://issuer.example.com/token",
			DOWNSTREAM + "base-url=https://billing.example.com", DOWNSTREAM + "audience=billing");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(McpRemoteTokenExchangeAutoConfiguration.class));

	@Test
	void whenConfiguredThenKnowsService() {
		configured().run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(TokenExchange.class);
			assertThat(context.getBean(TokenExchange.class).interceptor("billing")).isNotNull();
			assertThat(context).doesNotHaveBean(ClientRegistrationRepository.class);
		});
	}

	@Test
	void whenNothingConfiguredThenKnowsNoService() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			McpRemoteTokenExchangeProperties properties = context.getBean(McpRemoteTokenExchangeProperties.class);
			assertThat(properties.timeout()).hasSeconds(5);
			assertThat(properties.maxTokens()).isEqualTo(10_000);
			TokenExchange exchange = context.getBean(TokenExchange.class);
			assertThatIllegalArgumentException().isThrownBy(() -> exchange.interceptor("billing"));
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { TokenExchangeGrantRequest.class, Caffeine.class })
	void whenClassMissingThenNotConfigured(Class<?> missing) {
		configured().withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("mcpRemoteTokenExchange"));
	}

	@Test
	void whenOwnTokenExchangeThenItWins() {
		configured().withUserConfiguration(OwnExchange.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TokenExchange.class)
				.doesNotHaveBean(TokenExchangeDownstreams.class));
	}

	@Test
	void whenOwnRegistrationsThenTheyWin() {
		this.contextRunner.withUserConfiguration(OwnRegistrations.class)
			.withPropertyValues(DOWNSTREAM + "base-url=https://billing.example.com")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenOwnClientThenItIsAsked() {
		try (TokenExchangeService service = TokenExchangeService.answering(Answer.ok("fine"))) {
			configured("client-authentication-method=private_key_jwt").withUserConfiguration(OwnClient.class)
				.withPropertyValues(DOWNSTREAM + "base-url=" + service.uri("/api"))
				.run((context) -> {
					assertThat(context).hasNotFailed();
					TokenExchangeFixture.get(TokenExchangeFixture.client(context.getBean(TokenExchange.class)),
							TokenExchangeFixture.caller("https://a.example.com", "alice", "token"));
				});
			assertThat(service.tokens()).containsExactly("own");
		}
	}

	@ParameterizedTest
	@CsvSource({ "timeout=0s, timeout", "max-tokens=0, max-tokens",
			"downstreams.billing.base-url=, downstreams.billing.base-url",
			"downstreams.billing.base-url=/api, downstreams.billing.base-url",
			"downstreams.billing.base-url=https://billing.example.com?a=b, downstreams.billing.base-url",
			"downstreams.billing.base-url=https://user@billing.example.com, downstreams.billing.base-url",
			"downstreams.billing.base-url=ftp://billing.example.com, downstreams.billing.base-url",
			"downstreams.billing.actor=itself, downstreams.billing.actor",
			"downstreams.billing.actor=billing, downstreams.billing.actor",
			"downstreams.shipping.base-url=https://shipping.example.com, downstreams.shipping" })
	void whenValueCannotWorkThenSaysWhichProperty(String property, String name) {
		assertFails(configured().withPropertyValues("mcp.remote.token-exchange." + property), name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "authorization-grant-type=client_credentials", "client-id=", "provider=nowhere",
			"client-authentication-method=private_key_jwt" })
	void whenRegistrationCannotWorkThenSaysWhichService(String property) {
		assertFails(configured(property), "downstreams.billing");
	}

	@Test
	void whenActorCannotSignInThenSaysWhichService() {
		String actor = "spring.security.oauth2.client.registration.itself.";
		assertFails(
				configured().withPropertyValues(actor + "client-id=mcp-server", actor + "provider=billing",
						actor + "authorization-grant-type=client_credentials",
						actor + "client-authentication-method=private_key_jwt", DOWNSTREAM + "actor=itself"),
				"downstreams.billing.actor");
	}

	@Test
	void whenTokensAreForNothingInParticularThenFails() {
		assertFails(configured().withPropertyValues(DOWNSTREAM + "audience="), "downstreams.billing");
		configured("scope=billing:read").withPropertyValues(DOWNSTREAM + "audience=")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner configured(String... registration) {
		List<String> properties = new ArrayList<>(BILLING);
		Arrays.stream(registration).forEach((property) -> properties.add(REGISTRATION + property));
		return this.contextRunner.withPropertyValues(properties.toArray(String[]::new));
	}

	private static void assertFails(ApplicationContextRunner runner, String property) {
		runner.run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.rootCause()
			.isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex.getMessage()).startsWith("mcp.remote.token-exchange." + property + " ").endsWith(".");
				assertThat(ex.action()).endsWith(".");
			}));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExchange {

		@Bean
		TokenExchange ownExchange() {
			return mock(TokenExchange.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistrations {

		@Bean
		ClientRegistrationRepository ownRegistrations() {
			return new InMemoryClientRegistrationRepository(TokenExchangeFixture.registration("billing",
					AuthorizationGrantType.TOKEN_EXCHANGE, "https://issuer.example.com/token"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> ownClient() {
			return (request) -> OAuth2AccessTokenResponse.withToken("own")
				.tokenType(OAuth2AccessToken.TokenType.BEARER)
				.build();
		}

	}

}
