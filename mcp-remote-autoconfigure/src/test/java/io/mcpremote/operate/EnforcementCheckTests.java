// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Map;

import io.mcpremote.call.StartupException;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What policies ask for is enforced, or the application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class EnforcementCheckTests {

	// Without the auto-configurations that bring the guards
	private final WebApplicationContextRunner runner = TestRunners.servlet().withUserConfiguration(Tools.class);

	@ParameterizedTest
	@CsvSource({ "rate-limit, 5/1h, tool_limit", "max-concurrency, 2, bulkhead", "confirm, Really?, confirm",
			"idempotent, true, idempotency", "deprecated.since, 1.2, sunset", "cache.time-to-live, 30s, cache" })
	void whenNoGuardThenFailsAndSaysWhich(String key, String value, String stage) {
		this.runner.withPropertyValues("mcp.remote.tools.echo." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure().isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex).hasMessageContaining("echo").hasMessageContaining(stage);
				assertThat(ex.action()).contains("enabled to false");
			}));
	}

	@ParameterizedTest
	@CsvSource({ "rate-limit, 5/1h, rate-limit", "max-concurrency, 2, concurrency", "confirm, Really?, confirm" })
	void whenSwitchedOffOnPurposeThenSaysSo(String key, String value, String feature, CapturedOutput output) {
		this.runner
			.withPropertyValues("mcp.remote.tools.echo." + key + "=" + value,
					"mcp.remote." + feature + ".enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("mcp.remote." + feature + ".enabled is false", "[echo]");
	}

	@ParameterizedTest
	@CsvSource({ "prompts.weekly.rate-limit, 5/1h, tool_limit, prompts [weekly]",
			"prompts.weekly.max-concurrency, 2, bulkhead, prompts [weekly]",
			"resources.[docs://open].rate-limit, 5/1h, tool_limit, resources [docs://open]",
			"resources.[docs://{id}].max-concurrency, 2, bulkhead, resources [docs://{id}]",
			"resources.[docs://secret*].rate-limit, 5/1h, tool_limit, resources [docs://secret*]" })
	void whenNoGuardForPromptOrResourceThenFailsAndSaysWhich(String key, String value, String stage, String which) {
		this.runner.withUserConfiguration(Others.class)
			.withInitializer((context) -> TestPropertyValues.of(Map.of("mcp.remote." + key, value)).applyTo(context))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(StartupException.class)
				.hasMessageContaining("for the " + which)
				.hasMessageContaining(stage));
	}

	@Test
	void whenSeveralKindsAreConcernedThenAllAreNamed(CapturedOutput output) {
		this.runner.withUserConfiguration(Others.class)
			.withPropertyValues("mcp.remote.tools.echo.rate-limit=5/1h", "mcp.remote.prompts.weekly.rate-limit=5/1h",
					"mcp.remote.rate-limit.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("'rate-limit' of the tools [echo], prompts [weekly] is not heeded");
	}

	@Test
	void whenNothingIsAskedForThenStarts() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
	}

	static class Others {

		@McpPrompt(name = "weekly", description = "The week")
		String weekly() {
			return "";
		}

		@McpResource(uri = "docs://open", name = "open")
		String open() {
			return "";
		}

		@McpResource(uri = "docs://{id}", name = "docs")
		String docs(String id) {
			return id;
		}

	}

	static class Tools {

		@McpTool(name = "echo", description = "Says it again")
		String echo(String text) {
			return text;
		}

	}

}
