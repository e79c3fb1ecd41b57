// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.time.LocalDate;
import java.time.ZoneOffset;

import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deprecation counts wherever there is an endpoint, and leads somewhere.
 */
@ExtendWith(OutputCaptureExtension.class)
class McpRemoteLifecycleAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteLifecycleAutoConfiguration.class))
		.withUserConfiguration(Tools.class);

	@Test
	void whenDefaultsThenGuarded() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(SunsetGuard.class)
			.hasSingleBean(DeprecationMarks.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteLifecycleAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SunsetGuard.class));
	}

	@Test
	void whenLifecycleIsSwitchedOffThenNoGuard() {
		this.runner.withPropertyValues("mcp.remote.lifecycle.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SunsetGuard.class)
				.doesNotHaveBean(DeprecationMarks.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "mcp.remote.tools.a.deprecated.replaced-by=z | there is no such tool",
			"mcp.remote.tools.a.deprecated.replaced-by=a | leads back to 'a'",
			"mcp.remote.tools.a.deprecated.replaced-by=b;mcp.remote.tools.b.deprecated.replaced-by=a | leads back",
			"mcp.remote.tool-defaults.deprecated.replaced-by=b | leads back to 'b'" })
	void whenSuccessorLeadsNowhereThenFails(String properties, String reason) {
		this.runner.withPropertyValues(properties.strip().split(";"))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(InvalidPolicyException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("deprecated.replaced-by").hasMessageContaining(reason);
					assertThat(failure.action()).contains("@Deprecation", "mcp.remote.tools.");
				}));
	}

	@Test
	void whenRemovalIsNoDayThenFails() {
		this.runner.withPropertyValues("mcp.remote.tools.a.deprecated.removal=next spring")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidPolicyException.class)
				.hasMessageContaining("next spring")
				.hasMessageContaining("deprecated.removal"));
	}

	@ParameterizedTest
	@CsvSource({ "0, was removed on", "-400, was removed on", "2, will be refused from", "29, will be refused from" })
	void whenRemovalIsNearThenReminds(int days, String reminder, CapturedOutput output) {
		String removal = LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
		this.runner
			.withPropertyValues("mcp.remote.tools.a.deprecated.removal=" + removal,
					"mcp.remote.tools.a.deprecated.replaced-by=b")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.getAll().lines()).anyMatch(
				(line) -> line.contains("WARN") && line.contains("'a'") && line.contains(reminder + " " + removal));
	}

	@Test
	void whenRemovalIsFarThenSilent(CapturedOutput output) {
		this.runner
			.withPropertyValues("mcp.remote.tools.a.deprecated.removal=" + LocalDate.now(ZoneOffset.UTC).plusDays(32))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("The tool 'a'");
	}

	@Test
	void whenSuccessorDoesNotOutliveToolThenSaysSo(CapturedOutput output) {
		this.runner
			.withPropertyValues("mcp.remote.tools.a.deprecated.removal=2001-02-03",
					"mcp.remote.tools.a.deprecated.replaced-by=b", "mcp.remote.tools.b.deprecated.removal=2001-01-01")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("which does not outlive it");
	}

	static class Tools {

		@McpTool(name = "a", description = "A")
		String a() {
			return "a";
		}

		@McpTool(name = "b", description = "B")
		String b() {
			return "b";
		}

	}

}
