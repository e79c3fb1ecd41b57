// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.time.Duration;

import io.mcpremote.call.InvocationChecks;
import io.mcpremote.call.StartupException;
import io.mcpremote.test.TestRunners;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Constraints are enforced wherever there is an endpoint and somebody to enforce them.
 */
class McpRemoteConstraintAutoConfigurationTests {

	private static final AutoConfigurations OURS = AutoConfigurations.of(McpRemoteConstraintAutoConfiguration.class,
			McpRemoteValidationAutoConfiguration.class);

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(OURS)
		.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));

	private final ApplicationContextRunner elsewhere = new ApplicationContextRunner().withConfiguration(OURS);

	@Test
	void whenDefaultsThenConstraintsAreEnforced() {
		this.runner.withUserConfiguration(Tools.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(MethodConstraints.class).hasSingleBean(Violations.class);
			McpRemoteInputProperties properties = context.getBean(McpRemoteInputProperties.class);
			assertThat(properties.allowedDirectories()).isEmpty();
			assertThat(properties.url().hosts()).isEmpty();
			assertThat(properties.url().schemes()).containsExactly("https");
			assertThat(properties.url().timeout()).isEqualTo(Duration.ofSeconds(10));
		});
	}

	@Test
	void whenNoValidationThenStartsWithoutIt() {
		TestRunners.servlet()
			.withConfiguration(OURS)
			.withClassLoader(new FilteredClassLoader(Validator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MethodConstraints.class));
	}

	@Test
	void whenConstraintsButNoValidatorThenRefusesToStart() {
		TestRunners.servlet()
			.withConfiguration(OURS)
			.withUserConfiguration(Tools.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StartupException.class, (ex) -> {
					assertThat(ex).hasMessageContaining("'message'").hasMessageContaining("Tools.text");
					assertThat(ex.action()).contains("spring-boot-starter-validation");
				}));
	}

	@Test
	void whenOwnChecksThenTheyWin() {
		this.runner.withUserConfiguration(OwnChecks.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(InvocationChecks.class)
				.doesNotHaveBean(MethodConstraints.class));
	}

	@Test
	void whenNoServerThenToolsStillHaveWhatTheyDependOn() {
		this.elsewhere.withPropertyValues("mcp.remote.input.url.hosts=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GuardedRequestFactory.class)
				.doesNotHaveBean(MethodConstraints.class));
	}

	@Test
	void whenNoHttpClientThenNoRequestFactory() {
		this.elsewhere.withClassLoader(new FilteredClassLoader(HttpClientBuilder.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GuardedRequestFactory.class));
	}

	@Test
	void whenNoHostIsAllowedThenRequestFactoryCannotBeUsed() {
		this.elsewhere.run((context) -> assertThat(context).hasNotFailed());
		this.elsewhere.withUserConfiguration(Fetching.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StartupException.class,
						(ex) -> assertThat(ex.action()).contains("mcp.remote.input.url.hosts")));
	}

	@ParameterizedTest
	@CsvSource({ "allowed-directories, relative/path", "url.hosts, https://example.com", "url.schemes, ftp",
			"url.timeout, 0s", "url.total-timeout, 0s", "url.max-size, 0B", "url.max-redirects, 21" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value) {
		this.elsewhere.withPropertyValues("mcp.remote.input." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("mcp.remote.input." + name)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "api.example.com", "*.example.com", "8.8.8.8", "*:8443", "api.example.com:*" })
	void whenHostsCanBeReadThenStarts(String hosts) {
		this.elsewhere.withPropertyValues("mcp.remote.input.url.hosts=" + hosts)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static class Tools {

		@McpTool(name = "text", description = "Text")
		String text(@Size(max = 5) String message) {
			return message;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnChecks {

		@Bean
		InvocationChecks ownChecks() {
			return (type, method) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Fetching {

		@Bean
		Object fetching(GuardedRequestFactory requests) {
			return requests;
		}

	}

}
