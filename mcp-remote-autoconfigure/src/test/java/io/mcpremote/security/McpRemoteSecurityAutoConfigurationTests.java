// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import io.mcpremote.call.Caller;
import io.mcpremote.call.StartupException;
import io.mcpremote.test.TestRunners;
import io.mcpremote.wire.CallerResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers are authenticated unless that is switched off, and never by accident not.
 */
class McpRemoteSecurityAutoConfigurationTests {

	private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://auth.example.com";

	private static final String SERVER = "mcp.remote.security.authorization-servers=https://auth.example.com";

	private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

	private static final String SEVERAL = "mcp.remote.security.issuers[0].uri=https://other.example.com";

	private final WebApplicationContextRunner contextRunner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(OAuth2ResourceServerAutoConfiguration.class,
				McpRemoteSecurityAutoConfiguration.class))
		.withPropertyValues("mcp.remote.security.enabled=true");

	@Test
	void whenIssuerThenGuarded() {
		this.contextRunner.withPropertyValues(ISSUER)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(EndpointSecurity.class)
				.hasSingleBean(TokenCallerResolver.class)
				.hasBean("mcpRemoteSecurityFilter")
				// Spring Boot would take it for the application's
				.doesNotHaveBean(SecurityFilterChain.class));
	}

	@Test
	void whenSpringSecurityIsInUseThenAChainOfIt() {
		this.contextRunner.withPropertyValues(ISSUER)
			.withBean("springSecurityFilterChain", Object.class, Object::new)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("mcpRemoteSecurityFilter");
				assertThat(context).getBeans(SecurityFilterChain.class).hasSize(2);
			});
	}

	@Test
	void whenNothingIsConfiguredThenFailsWithTheLinesToAdd() {
		this.contextRunner.run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.rootCause()
			.isInstanceOfSatisfying(StartupException.class,
					(ex) -> assertThat(ex.action()).contains("spring.security.oauth2.resourceserver.jwt.issuer-uri=",
							"mcp.remote.public-url=", "mcp.remote.security.enabled=false")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNothingIsAskedFor(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(OAuth2ResourceServerAutoConfiguration.class,
					McpRemoteSecurityAutoConfiguration.class))
			.withPropertyValues("mcp.remote.security.enabled=true", property)
			.run((context) -> assertThat(context).doesNotHaveBean(EndpointSecurity.class)
				.doesNotHaveBean(TokenCallerResolver.class));
	}

	@Test
	void whenSecurityIsSwitchedOffThenServedToAll() {
		this.contextRunner.withPropertyValues("mcp.remote.security.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EndpointSecurity.class)
				.doesNotHaveBean("mcpRemoteResourceMetadata")
				.hasBean("mcpRemoteEndpoint"));
	}

	@Test
	void whenOwnDecoderThenNoIssuerIsNeeded() {
		this.contextRunner.withUserConfiguration(OwnDecoder.class)
			.withPropertyValues(SERVER)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EndpointSecurity.class));
	}

	@Test
	void whenSeveralDecodersThenFailsWithAdvice() {
		this.contextRunner.withUserConfiguration(OwnDecoder.class, AnotherDecoder.class)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StartupException.class, (ex) -> {
					assertThat(ex).hasMessageContaining("ownDecoder").hasMessageContaining("anotherDecoder");
					assertThat(ex.action()).contains("@Primary");
				}));
	}

	@Test
	void whenOwnResolverThenItWins() {
		this.contextRunner.withPropertyValues(ISSUER)
			.withBean(CallerResolver.class, () -> (request) -> Caller.anonymous("nowhere"))
			.run((context) -> assertThat(context).hasSingleBean(CallerResolver.class)
				.doesNotHaveBean(TokenCallerResolver.class));
	}

	@ParameterizedTest
	@CsvSource({ "clock-skew, -1s", "clock-skew, 6m", "memory.time-to-live, -1s", "memory.max-tokens, 0",
			"memory.max-faults, 0", "memory.faults-per-minute, 0", "issuers[0].uri, example",
			"issuers[0].uri, 'ftp://example.com'", "dpop.jws-algorithms, HS256", "dpop.jws-algorithms, none",
			"dpop.proof-lifetime, 0s", "dpop.proof-lifetime, 2h", "dpop.max-proofs, 0", "revocation.retention, 59s",
			"revocation.max-entries, 0", "base-scopes, offline_access", "authorization-servers, example",
			"base-scopes, 'a b'" })
	void whenValueCannotWorkThenSaysWhichProperty(String name, String value) {
		this.contextRunner.withPropertyValues(ISSUER, "mcp.remote.security." + name + "=" + value)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("mcp.remote.security." + name);
					assertThat(ex.getReason()).endsWith(".");
				}));
	}

	@Test
	void whenProofsAreRequiredButSwitchedOffThenFails() {
		this.contextRunner
			.withPropertyValues(ISSUER, "mcp.remote.security.dpop.enabled=false",
					"mcp.remote.security.dpop.required=true")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("mcp.remote.security.dpop.required")));
	}

	@Test
	void whenProofsAreSwitchedOffThenNoneAreChecked() {
		this.contextRunner.withPropertyValues(ISSUER)
			.run((context) -> assertThat(context).hasSingleBean(DpopProofs.class));
		this.contextRunner.withPropertyValues(ISSUER, "mcp.remote.security.dpop.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProofOfPossession.class));
	}

	@Test
	void whenMirrorIsSwitchedOnThenServed() {
		this.contextRunner.withPropertyValues(ISSUER)
			.run((context) -> assertThat(context).doesNotHaveBean("mcpRemoteMetadataMirror"));
		this.contextRunner.withPropertyValues(ISSUER, "mcp.remote.security.metadata-mirror=true")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("mcpRemoteMetadataMirror"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "HS256", "RS1", "EdDSA", "Ed25519" })
	void whenAlgorithmIsNotForPublicKeysThenFails(String algorithm) {
		this.contextRunner
			.withPropertyValues("mcp.remote.security.issuers[0].uri=https://auth.example.com",
					"mcp.remote.security.issuers[0].jws-algorithms=" + algorithm)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("mcp.remote.security.issuers[0].jws-algorithms")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "HS256", "EdDSA" })
	void whenAlgorithmOfSpringBootIsNotForPublicKeysThenFails(String algorithm) {
		this.contextRunner.withPropertyValues(ISSUER, JWT + "jws-algorithms=" + algorithm)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo(JWT + "jws-algorithms")));
	}

	@Test
	void whenSeveralIssuersAndKeysOfNobodyThenFails() {
		this.contextRunner.withPropertyValues(SEVERAL, JWT + "jwk-set-uri=https://auth.example.com/keys")
			.run(McpRemoteSecurityAutoConfigurationTests::assertNobodysKeys);
		this.contextRunner.withPropertyValues(SEVERAL)
			.withUserConfiguration(OwnDecoder.class)
			.run(McpRemoteSecurityAutoConfigurationTests::assertNobodysKeys);
		this.contextRunner.withPropertyValues(SEVERAL, ISSUER, JWT + "jwk-set-uri=https://auth.example.com/keys")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenIssuerIsConfiguredTwiceThenFails() {
		String other = JWT + "issuer-uri=https://other.example.com";
		String second = "mcp.remote.security.issuers[1].uri=https://other.example.com";
		for (String again : List.of(other, second)) {
			this.contextRunner.withPropertyValues(SEVERAL, again)
				.run((context) -> assertThat(context).hasFailed()
					.getFailure()
					.rootCause()
					.isInstanceOf(StartupException.class)
					.hasMessageContaining("https://other.example.com is configured twice"));
		}
	}

	@Test
	void whenNobodyKnowsWhoIssuesTokensThenFails() {
		String opaque = "spring.security.oauth2.resourceserver.opaquetoken.";
		List<List<String>> all = List.of(List.of(JWT + "jwk-set-uri=https://auth.example.com/keys"),
				List.of(opaque + "introspection-uri=https://auth.example.com/introspect", opaque + "client-id=a",
						opaque + "client-secret=b"));
		for (List<String> properties : all) {
			WebApplicationContextRunner runner = this.contextRunner
				.withPropertyValues(properties.toArray(String[]::new));
			runner.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StartupException.class, (ex) -> assertThat(ex.action())
					.contains("mcp.remote.security.authorization-servers=https://auth.example.com")));
			runner.withPropertyValues(SERVER).run((context) -> assertThat(context).hasNotFailed());
		}
	}

	private static void assertNobodysKeys(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed()
			.getFailure()
			.rootCause()
			.isInstanceOfSatisfying(StartupException.class,
					(ex) -> assertThat(ex.action()).contains(JWT + "issuer-uri"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDecoder {

		@Bean
		JwtDecoder ownDecoder() {
			return (token) -> {
				throw new BadJwtException("none is good enough");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnotherDecoder {

		@Bean
		JwtDecoder anotherDecoder() {
			return (token) -> {
				throw new BadJwtException("none is good enough");
			};
		}

	}

}
