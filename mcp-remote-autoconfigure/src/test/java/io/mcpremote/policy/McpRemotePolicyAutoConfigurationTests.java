// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.HashMap;
import java.util.Map;

import io.mcpremote.call.StartupException;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Policies are read wherever there is an endpoint, and their faults found at start-up.
 */
class McpRemotePolicyAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet().withBean(Offered.class);

	@Test
	void whenDefaultsThenAnnotationsApply() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Policies.class).tool("write_report").scopes()).containsExactly("write");
			assertThat(context.getBean(Policies.class).anythingPublic()).isFalse();
		});
	}

	@Test
	void whenConfiguredThenConfigurationApplies() {
		with("mcp.remote.tools.write_report.scopes=a,b", "mcp.remote.tools.Export.roles=boss",
				"mcp.remote.tools.[with.dot].access=public", "mcp.remote.resources.[docs://{id}].scopes=docs",
				"mcp.remote.resources.[docs://s*].scopes=more", "mcp.remote.tool-defaults.scopes=basic")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Policies policies = context.getBean(Policies.class);
				assertThat(policies.tool("write_report").scopes()).containsExactly("a", "b");
				assertThat(policies.tool("Export").roles()).containsExactly("boss");
				assertThat(policies.tool("Export").scopes()).containsExactly("basic");
				assertThat(policies.tool("with.dot").isPublic()).isTrue();
				assertThat(policies.resource("docs://1", "docs://{id}").scopes()).containsExactly("docs");
				assertThat(policies.resource("docs://s1", "docs://{id}").scopes()).containsExactly("more");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoPolicies(String property) {
		TestRunners.servletWithoutServer()
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Policies.class));
	}

	@Test
	void whenNoWebApplicationThenNoPolicies() {
		TestRunners.withoutWeb().run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Policies.class));
	}

	@ParameterizedTest
	@CsvSource({ "mcp.remote.tools.write-report.scopes=a, mcp.remote.tools, write-report",
			"mcp.remote.tools.with.dot.access=public, mcp.remote.tools, with",
			"mcp.remote.prompts.none.scopes=a, mcp.remote.prompts, none",
			"mcp.remote.resources.[docs://a/b].scopes=a, mcp.remote.resources, docs://a/b",
			"mcp.remote.resources.[docs://{other}].scopes=a, mcp.remote.resources, docs://{other}" })
	void whenNameMatchesNothingThenRefusesToStart(String property, String section, String name) {
		with(property).run((context) -> {
			Throwable failure = context.getStartupFailure();
			assertThat(failure).isNotNull();
			if ("with".equals(name)) {
				// Taken for a key of the tool 'with'
				assertThat(failure).hasStackTraceContaining("with.dot");
				return;
			}
			assertThat(failure).isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex).hasMessageContaining(section).hasMessageContaining("'" + name + "'");
				assertThat(ex.action()).contains("There are: ", "brackets");
			});
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.tools.Export.scope=a", "mcp.remote.tool-defaults.role=a",
			"mcp.remote.resources.[docs://{id}].acess=public" })
	void whenKeyIsUnknownThenRefusesToStart(String property) {
		with(property).run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.hasStackTraceContaining(property.substring(property.lastIndexOf('.') + 1, property.indexOf('='))));
	}

	@Test
	void whenPolicyCannotBeEnforcedThenRefusesToStart() {
		with("mcp.remote.tools.Export.access=public", "mcp.remote.tools.Export.scopes=a")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.isInstanceOfSatisfying(InvalidPolicyException.class,
						(ex) -> assertThat(ex).hasMessageContaining("mcp.remote.tools[Export]")));
	}

	@Test
	void whenPolicyRequiredThenRefusesToStartWithUngoverned() {
		this.runner.withPropertyValues("mcp.remote.require-policy=true")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.isInstanceOfSatisfying(StartupException.class, (ex) -> {
					assertThat(ex).hasMessageContaining("[Export, with.dot]");
					assertThat(ex.action()).contains("@ToolPolicy", "mcp.remote.tool-defaults");
				}));
		this.runner.withPropertyValues("mcp.remote.require-policy=true", "mcp.remote.tool-defaults.roles=staff")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/**
	 * Unlike the runner, which looks for the first colon, split at the equals sign.
	 */
	private WebApplicationContextRunner with(String... properties) {
		Map<String, Object> map = new HashMap<>();
		for (String property : properties) {
			map.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
		}
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("policies", map)));
	}

	static class Offered {

		@McpTool(name = "write_report", description = "Writes")
		@ToolPolicy(scopes = "write")
		String write() {
			return "";
		}

		@McpTool(name = "Export", description = "Exports")
		String export() {
			return "";
		}

		@McpTool(name = "with.dot", description = "Has a dot")
		String dotted() {
			return "";
		}

		@McpResource(uri = "docs://{id}", name = "docs")
		String docs(String id) {
			return id;
		}

	}

}
