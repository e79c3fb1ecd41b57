// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.Map;

import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.policy.ToolPolicy;
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
 * Tools are confirmed wherever there is an endpoint, and a question that cannot be put
 * keeps the server from starting.
 */
@ExtendWith(OutputCaptureExtension.class)
class McpRemoteConfirmAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteConfirmAutoConfiguration.class));

	@Test
	void whenDefaultsThenGuarded() {
		this.runner.withUserConfiguration(Tools.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ConfirmGuard.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteConfirmAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ConfirmGuard.class)
				.doesNotHaveBean(ConfirmCheck.class));
	}

	@Test
	void whenConfirmationIsSwitchedOffThenSaysWhatIsNotAsked(CapturedOutput output) {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues("mcp.remote.confirm.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConfirmGuard.class));
		assertThat(output).contains("mcp.remote.confirm.enabled is false: 'confirm' of the tools [delete]");
	}

	@ParameterizedTest
	@CsvSource({ "mcp.remote.confirm.input-timeout, 0s", "mcp.remote.confirm.input-timeout, -1m",
			"mcp.remote.confirm.input-timeout, 25h", "mcp.remote.confirm.input-timeout, soon" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value) {
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining(name)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Delete {idd}? | no argument 'idd'", "Delete {id}} | ends no argument",
					"Delete {{id}}? | begins no argument", "Delete {project.nme}? | no argument 'project.nme'",
					"Delete {id.name}? | no argument 'id.name'", "Delete { id }? | no argument ' id '" })
	void whenQuestionCannotBePutThenFails(String confirm, String reason) {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues("mcp.remote.tools.delete.confirm=" + confirm)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(InvalidPolicyException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("'delete'")
						.hasMessageContaining(confirm)
						.hasMessageContaining(reason);
					assertThat(failure.action()).contains("mcp.remote.tools.delete", "@ToolPolicy");
				}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Delete {project.name}?", "Delete {more.anything.at.all}?", "Go on?" })
	void whenQuestionCanBePutThenStarts(String confirm) {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues("mcp.remote.tools.delete.confirm=" + confirm)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenQuestionOfAllToolsDoesNotFitOneThenFails() {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues("mcp.remote.tool-defaults.confirm=Go on with {id}?")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidPolicyException.class)
				.hasMessageContaining("'list'"));
	}

	static class Tools {

		@McpTool(name = "delete", description = "Deletes")
		@ToolPolicy(confirm = "Delete {id}?")
		String delete(String id, Project project, Map<String, Object> more) {
			return id;
		}

		@McpTool(name = "list", description = "Lists")
		String list() {
			return "";
		}

	}

	record Project(String name) {

	}

}
