// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.mcpremote.call.StartupException;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * API keys are accepted where there are any, and a mistake in them is told without
 * telling the key.
 */
class McpRemoteApiKeyAutoConfigurationTests {

	private static final String PREFIX = "mcp.remote.security.api-key.";

	private static final String JDBC = PREFIX + "store=jdbc";

	private final TestKeys keys = new TestKeys(Clock.systemUTC());

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(McpRemoteApiKeyAutoConfiguration.class));

	@Test
	void whenDefaultsThenNoKeysAreAccepted() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(TokenVerifier.class)
			.doesNotHaveBean(ApiKeyStanding.class)
			.doesNotHaveBean(ApiKeyRepository.class));
	}

	@Test
	void whenKeysThenAccepted() {
		this.runner.withPropertyValues(configured(this.keys.key("alice"), this.keys.key("alice"), this.keys.key("bob")))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ApiKeyVerifier.class)
				.hasSingleBean(PropertiesApiKeyRepository.class)
				.hasSingleBean(ApiKeyStanding.class)
				.doesNotHaveBean(ApiKeys.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "mcp.remote.security.enabled=false" })
	void whenSwitchedOffThenNothing(String property) {
		this.runner.withPropertyValues(configured(this.keys.key("alice")))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ApiKeyRepository.class));
	}

	@Test
	void whenNoSpringSecurityThenNothing() {
		this.runner.withPropertyValues(configured(this.keys.key("alice")))
			.withClassLoader(new FilteredClassLoader(SecurityFilterChain.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ApiKeyRepository.class));
	}

	@Test
	void whenNoWebApplicationThenNoVerifier() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(McpRemoteApiKeyAutoConfiguration.class))
			.withPropertyValues(configured(this.keys.key("alice")))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TokenVerifier.class));
	}

	@Test
	void whenOwnRepositoryThenItWins() {
		this.runner.withUserConfiguration(OwnRepository.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ApiKeyRepository.class)
				.hasSingleBean(ApiKeyVerifier.class)
				.hasBean("ownRepository"));
	}

	@Test
	void whenJdbcThenStoreAndOperations() {
		this.runner.withPropertyValues(JDBC)
			.withUserConfiguration(ApiKeyServerTests.Database.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(JdbcApiKeyStore.class)
				.hasSingleBean(ApiKeys.class)
				.hasSingleBean(ApiKeyVerifier.class));
	}

	@Test
	void whenJdbcWithoutDatabaseThenSaysWhatToDo() {
		assertFails(this.runner.withPropertyValues(JDBC)).withMessageContaining("no database");
		assertFails(this.runner.withPropertyValues(JDBC).withClassLoader(new FilteredClassLoader(JdbcTemplate.class)))
			.withMessageContaining("no database");
	}

	@Test
	void whenJdbcWithoutTableThenSaysWhatToDo() {
		assertFails(this.runner.withPropertyValues(JDBC).withUserConfiguration(EmptyDatabase.class))
			.withMessageContaining("mcp_remote_api_key");
	}

	@Test
	void whenDatabaseCannotBeReachedThenRefused() {
		this.runner.withPropertyValues(JDBC)
			.withBean(JdbcTemplate.class,
					() -> new JdbcTemplate(
							new DriverManagerDataSource("jdbc:h2:tcp://localhost:1/nowhere", "sa", "secret")))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(StartupException.class.getName())
				.hasStackTraceContaining("its database cannot be asked"));
	}

	@Test
	void whenKeysWouldNotBeReadThenRefused() {
		assertFails(this.runner.withPropertyValues(configured(this.keys.key("alice")))
			.withUserConfiguration(OwnRepository.class)).withMessageContaining("kept elsewhere");
		assertFails(this.runner.withPropertyValues(configured(this.keys.key("alice")))
			.withPropertyValues(JDBC)
			.withUserConfiguration(ApiKeyServerTests.Database.class)).withMessageContaining("kept elsewhere");
	}

	@Test
	void whenThreeLiveKeysThenNamesTheOwner() {
		MintedApiKey first = this.keys.key("alice");
		assertFails(this.runner
			.withPropertyValues(configured(first, this.keys.key("alice", Duration.ofDays(1)), this.keys.key("alice"))))
			.withMessageContaining("'alice' has 3 live API keys");
		MintedApiKey expired = TestKeys.with(first, Instant.EPOCH, null);
		this.runner.withPropertyValues(configured(expired, this.keys.key("alice"), this.keys.key("alice")))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenKeyItselfIsConfiguredThenNotShown() {
		MintedApiKey minted = this.keys.key("alice");
		for (String name : List.of("id", "digest")) {
			this.runner.withPropertyValues(configured(minted))
				.withPropertyValues(PREFIX + "keys[0]." + name + "=" + minted.token())
				.run((context) -> {
					assertThat(context).hasFailed();
					assertThat(context.getStartupFailure()).rootCause()
						.isInstanceOf(StartupException.class)
						.hasMessageContaining("keys[0]." + name);
					assertThat(context.getStartupFailure()).hasStackTraceContaining(PREFIX);
					StringWriter trace = new StringWriter();
					context.getStartupFailure().printStackTrace(new PrintWriter(trace));
					assertThat(trace.toString()).doesNotContain(minted.token());
				});
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "keys[0].owner=|keys[0].owner", "keys[0].scopes=a b|keys[0].scopes",
					"keys[0].roles=ROLE_ADMIN|keys[0].roles", "keys[0].expires=tomorrow|keys[0].expires",
					"keys[0].id=a_b|keys[0].id", "keys[0].digest=abc|keys[0].digest", "store=redis|store" })
	void whenValueIsWrongThenNamesTheProperty(String property, String name) {
		this.runner.withPropertyValues(configured(this.keys.key("alice")))
			.withPropertyValues(PREFIX + property)
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).hasStackTraceContaining(PREFIX + name);
			});
	}

	@Test
	void whenIdIsTwiceThenNamesTheSecond() {
		MintedApiKey minted = this.keys.key("alice");
		this.runner.withPropertyValues(configured(minted, minted)).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasStackTraceContaining(PREFIX + "keys[1].id");
		});
	}

	private static ThrowableAssertAlternative<Throwable> assertFails(WebApplicationContextRunner failing) {
		Throwable[] failure = new Throwable[1];
		failing.run((context) -> {
			assertThat(context).hasFailed();
			failure[0] = NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
		});
		assertThat(failure[0]).isInstanceOf(StartupException.class);
		return new ThrowableAssertAlternative<>(failure[0]);
	}

	private static String[] configured(MintedApiKey... known) {
		return TestKeys.properties(known).toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRepository {

		@Bean
		ApiKeyRepository ownRepository() {
			return (id) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EmptyDatabase {

		@Bean
		JdbcTemplate jdbcTemplate() {
			return new JdbcTemplate(JdbcConnectionPool.create("jdbc:h2:mem:empty", "sa", ""));
		}

	}

}
