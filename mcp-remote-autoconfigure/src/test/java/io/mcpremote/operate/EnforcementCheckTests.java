// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.call.StartupException;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

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

	@Test
	void whenNothingIsAskedForThenStarts() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
	}

	static class Tools {

		@McpTool(name = "echo", description = "Says it again")
		String echo(String text) {
			return text;
		}

	}

}
