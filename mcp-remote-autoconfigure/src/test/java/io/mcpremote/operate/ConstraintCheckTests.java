// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import io.mcpremote.call.StartupException;
import io.mcpremote.input.AllowedPath;
import io.mcpremote.input.McpRemoteConstraintAutoConfiguration;
import io.mcpremote.input.McpRemoteValidationAutoConfiguration;
import io.mcpremote.test.TestRunners;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Constraints are enforced, or the application does not start.
 */
class ConstraintCheckTests {

	private final WebApplicationContextRunner bare = TestRunners.servlet()
		.withPropertyValues("mcp.remote.input.allowed-directories=/srv");

	private final WebApplicationContextRunner validating = this.bare
		.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));

	private final WebApplicationContextRunner complete = this.validating.withConfiguration(AutoConfigurations
		.of(McpRemoteConstraintAutoConfiguration.class, McpRemoteValidationAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(classes = { Prompts.class, Resources.class, Callbacks.class })
	void whenNotValidatedAndNoToolThenRefuses(Class<?> type) {
		assertRefused(this.complete, type, "@Validated");
	}

	@ParameterizedTest
	@ValueSource(classes = { Tools.class, Elements.class, ValidatedPrompts.class })
	void whenEnforcedThenStarts(Class<?> type) {
		this.complete.withUserConfiguration(type).run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(classes = { Tools.class, Elements.class })
	void whenAutoConfigurationIsExcludedThenRefuses(Class<?> type) {
		assertRefused(this.validating, type, "McpRemoteValidationAutoConfiguration");
	}

	@ParameterizedTest
	@ValueSource(classes = { Tools.class, Elements.class, ValidatedPrompts.class })
	void whenNoValidatorThenRefuses(Class<?> type) {
		assertRefused(this.bare.withConfiguration(AutoConfigurations.of(McpRemoteConstraintAutoConfiguration.class)),
				type, "spring-boot-starter-validation");
	}

	@Test
	void whenNoValidatorAndOnlyElementsAreConstrainedThenRefuses() {
		assertRefused(this.bare.withConfiguration(AutoConfigurations.of(McpRemoteConstraintAutoConfiguration.class,
				McpRemoteValidationAutoConfiguration.class)), Elements.class, "spring-boot-starter-validation");
	}

	@ParameterizedTest
	@ValueSource(classes = { Tools.class, Elements.class })
	void whenNoValidationOnTheClassPathThenRefuses(Class<?> type) {
		assertRefused(this.complete.withClassLoader(new FilteredClassLoader("jakarta.validation")), type,
				"spring-boot-starter-validation");
	}

	@Test
	void whenNothingIsConstrainedThenStarts() {
		this.bare.withUserConfiguration(Plain.class).run((context) -> assertThat(context).hasNotFailed());
	}

	private static void assertRefused(WebApplicationContextRunner runner, Class<?> type, String action) {
		runner.withUserConfiguration(type)
			.run((context) -> assertThat(context).getFailure().isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex).hasMessageContaining("has constraints");
				assertThat(ex.action()).contains(action);
			}));
	}

	static class Tools {

		@McpTool(name = "read", description = "Reads")
		String read(@AllowedPath String path) {
			return path;
		}

	}

	static class Elements {

		@McpTool(name = "read", description = "Reads")
		int read(List<? extends List<@AllowedPath String>> paths) {
			return paths.size();
		}

	}

	static class Prompts {

		@McpPrompt(name = "ask", description = "Asks")
		String ask(@Size(max = 5) String about) {
			return about;
		}

	}

	@Validated
	static class ValidatedPrompts {

		@McpPrompt(name = "ask", description = "Asks")
		String ask(@Size(max = 5) String about) {
			return about;
		}

	}

	static class Resources {

		@McpResource(uri = "docs://{path}", name = "docs", description = "Docs")
		String read(@AllowedPath String path) {
			return path;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Callbacks {

		@Bean
		ToolCallbackProvider callbacks() {
			return MethodToolCallbackProvider.builder().toolObjects(new Called()).build();
		}

	}

	static class Called {

		@Tool(name = "called", description = "Reads")
		String read(@AllowedPath String path) {
			return path;
		}

	}

	static class Plain {

		@McpTool(name = "read", description = "Reads")
		String read(String path) {
			return path;
		}

	}

}
